import type { ServerResponse } from 'node:http';
import { Problem } from '@seaworthy/chassis/problem';

const secondsUntilSeatsAreFree = 5;

/** Counts those who watch, as each takes a connection and some memory, and refuses one too many. */
export class Watchers {
  readonly #most: number;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Admits a client until its response is over. The signal aborts then: answered, cut off or gone. */
  admit(response: ServerResponse): AbortSignal {
    if (this.#count >= this.#most)
      throw new Problem('unavailable', 'Too many watch for changes at the moment.', {
        retryAfterSeconds: secondsUntilSeatsAreFree,
      });
    this.#count += 1;
    const over = new AbortController();
    over.signal.addEventListener('abort', () => (this.#count -= 1), { once: true });
    if (response.closed) over.abort();
    else response.once('close', () => over.abort());
    return over.signal;
  }
}
