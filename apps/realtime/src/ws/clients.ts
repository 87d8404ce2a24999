import { Problem } from '@seaworthy/chassis/problem';
import { realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import type { Clock } from '../clock.ts';
import { Session, type SessionWorld } from '../session.ts';

/** How often a client is pinged, in seconds; each second has its share of them. */
export const pingSeconds = 25;
const goodbyeMilliseconds = 3000;

interface ClientsOptions {
  /** How many there may be at a time. */
  limit: number;
  clock: Clock;
  world: SessionWorld;
}

/** All clients that hold a connection, from the handshake to the end of the socket. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #sessions = new Set<Session>();
  /** Those that are pinged in the same second, by second. */
  readonly #turns = Array.from({ length: pingSeconds }, () => new Set<Session>());
  #turn = 0;
  readonly #stopPings: () => void;
  #gone: PromiseWithResolvers<void> | undefined;

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.#stopPings = options.clock.every(1000, () => {
      this.#turn = (this.#turn + 1) % pingSeconds;
      for (const session of this.#turns[this.#turn] ?? []) session.beat();
    });
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** Begins a session, or throws a Problem of kind `unavailable` where there are enough. */
  admit(): Session {
    if (this.#gone) throw new Problem('unavailable', 'The service is stopping.', { retryAfterSeconds: 1 });
    if (this.#sessions.size >= this.#options.limit)
      throw new Problem('unavailable', 'There are as many clients as fit.', { retryAfterSeconds: 5 });
    const session = new Session(this.#options.world);
    this.#sessions.add(session);
    // Whoever comes now has its turn in 25 seconds.
    this.#turns[this.#turn]?.add(session);
    return session;
  }

  /** Lets go of a session whose socket has gone. */
  release(session: Session): void {
    session.end();
    this.#sessions.delete(session);
    for (const turn of this.#turns) if (turn.delete(session)) break;
    if (this.#sessions.size === 0) this.#gone?.resolve();
  }

  /** Says goodbye to everybody, and hangs up on those who do not answer it in time. */
  async close(): Promise<void> {
    this.#gone = Promise.withResolvers();
    this.#stopPings();
    if (this.#sessions.size === 0) return;
    for (const session of this.#sessions) session.close(realtimeCloseCodes.restart, 'service restart');
    const cancel = this.#options.clock.after(goodbyeMilliseconds, () => {
      for (const session of this.#sessions) session.terminate();
    });
    await this.#gone.promise;
    cancel();
  }
}
