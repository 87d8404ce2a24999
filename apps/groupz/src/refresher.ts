import type { LimitFunction } from 'p-limit';
import type { Clock } from './clock.ts';
import { type Pace, secondsToNextPass } from './pace.ts';
import { SourceFailure } from './source-failure.ts';

/** What came of one reading of Azure, over all its pages. */
export interface Pass<T> {
  /** When it began, by the clock's milliseconds: what it read is at least as new as that. */
  asOf: number;
  seconds: number;
  nextInSeconds: number;
  outcome: T | SourceFailure;
}

/** What refreshing takes, the same for all that is refreshed. */
export interface RefreshOptions {
  pace: Pace;
  /** The longest that a reading may take, over all its pages. */
  deadlineSeconds: number;
  clock: Clock;
  /** Lets only so many readings run at a time. */
  limit: LimitFunction;
}

/** One thing that is kept fresh. */
interface Subject<T> {
  /** Reads it anew. Rejects with a `SourceFailure`; when the signal aborts, soon and with whatever it likes. */
  read(signal: AbortSignal): Promise<T>;
  /** When the first reading may begin at the soonest, by the clock's milliseconds; at once when absent. */
  notBefore?: number;
  /** How much is left of what Azure lets the identity read, from 0 to 1. */
  allowanceLeft?(result: T): number | undefined;
  /** Told of each reading when it is over. */
  tell(pass: Pass<T>): void;
}

/** Reads a subject again and again from its construction until it is closed: never two readings at a time. */
export class Refresher<T> {
  readonly #subject: Subject<T>;
  readonly #options: RefreshOptions;
  readonly #closing = new AbortController();
  #pause = new AbortController();
  readonly #running: Promise<void>;

  constructor(subject: Subject<T>, options: RefreshOptions) {
    this.#subject = subject;
    this.#options = options;
    this.#running = this.#run();
  }

  /** Lets the next reading begin as soon as this one is over, if it is good: after a failure, waits are kept. */
  hurry(): void {
    this.#pause.abort();
  }

  /** Aborts the reading in flight, if any, and waits for its end. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, pace, limit } = this.#options;
    const closing = this.#closing.signal;
    const embargo = (this.#subject.notBefore ?? 0) - clock.now();
    if (embargo > 0) await clock.sleep(embargo, closing);
    for (let failures = 0; !closing.aborted; ) {
      this.#pause = new AbortController();
      let asOf = clock.now();
      const outcome = await limit(() => {
        asOf = clock.now();
        return this.#read();
      });
      if (closing.aborted) return;
      const failure = outcome instanceof SourceFailure ? outcome : undefined;
      failures = failure ? failures + 1 : 0;
      const allowanceLeft = failure ? undefined : this.#subject.allowanceLeft?.(outcome as T);
      const nextInSeconds = secondsToNextPass(pace, { failures, failure, allowanceLeft });
      this.#subject.tell({ asOf, seconds: (clock.now() - asOf) / 1000, nextInSeconds, outcome });
      await clock.sleep(nextInSeconds * 1000, failure ? closing : AbortSignal.any([closing, this.#pause.signal]));
    }
  }

  async #read(): Promise<T | SourceFailure> {
    const { clock, deadlineSeconds } = this.#options;
    const closing = this.#closing.signal;
    const over = new AbortController();
    const deadline = new AbortController();
    void clock.sleep(deadlineSeconds * 1000, AbortSignal.any([over.signal, closing])).then(() => deadline.abort());
    try {
      closing.throwIfAborted();
      return await this.#subject.read(AbortSignal.any([deadline.signal, closing]));
    } catch (cause) {
      if (deadline.signal.aborted)
        return new SourceFailure('timeout', `The reading took longer than ${deadlineSeconds} seconds.`, { cause });
      if (cause instanceof SourceFailure) return cause;
      return new SourceFailure('unexpected', 'The source broke its promise: this is a bug.', { cause });
    } finally {
      over.abort();
    }
  }
}
