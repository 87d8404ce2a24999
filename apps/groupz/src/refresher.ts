import type { Clock } from './clock.ts';
import { type GroupSource, type ResourceGroup, SourceFailure } from './group-source.ts';
import { type Pace, secondsToNextPass } from './pace.ts';

/** The groups of one subscription as they were at one moment. */
interface Snapshot {
  groups: readonly ResourceGroup[];
  /** When the pass that read them began, by the clock's milliseconds: they are at least as new as that. */
  asOf: number;
}

/** What came of one pass over all pages of a subscription: groups, or a failure. */
export interface Pass {
  subscriptionId: string;
  seconds: number;
  nextInSeconds: number;
  /** How many groups the subscription has now. */
  groups?: number;
  failure?: SourceFailure;
}

/** What refreshing takes, the same for all subscriptions. */
export interface RefreshOptions {
  source: GroupSource;
  pace: Pace;
  /** The longest that a pass may take, over all its pages. */
  deadlineSeconds: number;
  clock: Clock;
  /** Told of each pass when it is over. */
  observe: (pass: Pass) => void;
}

/**
 * Keeps one subscription's groups fresh from its construction until it is closed: one pass after the other, never two
 * at a time. A failed pass leaves the last good snapshot as it is.
 */
export class Refresher {
  readonly subscriptionId: string;
  readonly #options: RefreshOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #snapshot: Snapshot | undefined;
  #failure: SourceFailure | undefined;
  #nextPassAt: number;

  constructor(subscriptionId: string, options: RefreshOptions) {
    this.subscriptionId = subscriptionId;
    this.#options = options;
    this.#nextPassAt = options.clock.now();
    this.#running = this.#run();
  }

  /** The last good snapshot; absent until a first pass has succeeded. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** Why the latest pass failed; absent when it succeeded. */
  get failure(): SourceFailure | undefined {
    return this.#failure;
  }

  /** Whole seconds until the next pass begins, at least one. */
  get secondsToNextPass(): number {
    return Math.max(1, Math.ceil((this.#nextPassAt - this.#options.clock.now()) / 1000));
  }

  /** Aborts the pass in flight, if any, and waits for its end. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, pace, observe } = this.#options;
    for (let failures = 0; !this.#closing.signal.aborted; ) {
      const asOf = clock.now();
      const result = await this.#read();
      if (this.#closing.signal.aborted) return;
      this.#failure = result instanceof SourceFailure ? result : undefined;
      if (!(result instanceof SourceFailure)) this.#snapshot = { groups: result, asOf };
      failures = this.#failure ? failures + 1 : 0;
      const nextInSeconds = secondsToNextPass(pace, failures, this.#failure);
      this.#nextPassAt = clock.now() + nextInSeconds * 1000;
      observe({
        subscriptionId: this.subscriptionId,
        seconds: (clock.now() - asOf) / 1000,
        nextInSeconds,
        ...(result instanceof SourceFailure ? { failure: result } : { groups: result.length }),
      });
      await clock.sleep(nextInSeconds * 1000, this.#closing.signal);
    }
  }

  async #read(): Promise<ResourceGroup[] | SourceFailure> {
    const { source, clock, deadlineSeconds } = this.#options;
    const over = new AbortController();
    const deadline = new AbortController();
    const ends = AbortSignal.any([over.signal, this.#closing.signal]);
    void clock.sleep(deadlineSeconds * 1000, ends).then(() => deadline.abort());
    try {
      return await source.list(this.subscriptionId, AbortSignal.any([deadline.signal, this.#closing.signal]));
    } catch (cause) {
      if (deadline.signal.aborted)
        return new SourceFailure('timeout', `The pass took longer than ${deadlineSeconds} seconds.`, { cause });
      if (cause instanceof SourceFailure) return cause;
      return new SourceFailure('unexpected', 'The source broke its promise: this is a bug.', { cause });
    } finally {
      over.abort();
    }
  }
}
