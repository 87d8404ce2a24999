import { within } from '@seaworthy/chassis/deadline';
import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import type { UserChange } from '@seaworthy/contracts/users';
import type { Pause } from './pause.ts';

/** Changes that were committed together with their users, and that nobody has been told of yet. */
export interface Outbox {
  /**
   * Hands the oldest changes to `tell`, at most `limit`, of each user in order; forgets them once it has succeeded.
   * Of several processes one at a time does so. Answers how many it handed over: 0 where there are none, or where
   * another process is at it.
   */
  drain(limit: number, tell: (changes: readonly UserChange[]) => Promise<void>): Promise<number>;
}

/** Tells others of changes. */
export interface ChangePublisher {
  /**
   * Resolves once all were accepted, in their order; whoever rejects will be given them again. May wait for those who
   * listen, but less than ten seconds: an outbox keeps others out meanwhile.
   */
  publish(changes: readonly UserChange[]): Promise<void>;
}

/** Told how it goes, so that it can be measured. */
export interface RelayObserver {
  told(changes: number): void;
  /** An attempt failed; what it was about is tried again. */
  failed(): void;
  /** The time of the oldest change that is known to wait (ISO 8601); `undefined` when none is. */
  waiting(since: string | undefined): void;
}

interface RelayOptions {
  outbox: Outbox;
  publisher: ChangePublisher;
  observer: RelayObserver;
  log: Log;
  pause: Pause;
  /** From 0 to 1, evenly spread: keeps replicas from going in step. */
  random?: () => number;
}

const mostAtOnce = 500;
const pollMilliseconds = 1000; // for what other processes have left behind
const gatherMilliseconds = 20; // writes that come close together are told together: emptying the outbox costs a write
const nextLookMilliseconds = 100; // where there was nothing to find, as another process was at it
const longestBackOffMilliseconds = 5000;
const farewellMilliseconds = 2000;

/**
 * Tells of the changes in the outbox, each at least once, soon after they are written. While Postgres or whoever is
 * told is away it tries again, ever less often. It runs beside the requests, which never wait for it, and the service
 * is ready without it.
 */
export class ChangeRelay implements Part {
  readonly #options: RelayOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #news = new AbortController();
  #failures = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** There is something in the outbox. */
  written(): void {
    this.#news.abort();
  }

  /** Tells of what is there, if that can be done soon; the rest stays for the next process. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#news.abort();
    await within(farewellMilliseconds, this.#running).catch(() => undefined);
  }

  async #run(): Promise<void> {
    let isLast = false;
    do {
      const hadNews = this.#news.signal.aborted;
      if (hadNews) await this.#options.pause(gatherMilliseconds, this.#closing.signal);
      isLast = this.#closing.signal.aborted;
      this.#news = new AbortController();
      const told = await this.#attempt();
      const isMissing = hadNews && told === 0;
      if (!isLast) await this.#rest(isMissing ? nextLookMilliseconds : pollMilliseconds);
    } while (!isLast);
  }

  /** Tells all that there is; answers how many changes those were. */
  async #attempt(): Promise<number> {
    const { outbox, observer, log } = this.#options;
    let [told, latest] = [0, 0];
    try {
      do {
        latest = await outbox.drain(mostAtOnce, (changes) => this.#tell(changes));
        told += latest;
      } while (latest === mostAtOnce);
      observer.waiting(undefined);
      if (this.#failures > 0) log.info('changes of users are told again');
      this.#failures = 0;
    } catch (error) {
      observer.failed();
      // Once, not with each attempt; what a client hangs onto its errors is no matter for a log.
      if (this.#failures === 0) log.warn({ reason: String(error) }, 'changes of users cannot be told, they are kept');
      this.#failures += 1;
    }
    return told;
  }

  async #tell(changes: readonly UserChange[]): Promise<void> {
    const { publisher, observer } = this.#options;
    observer.waiting(changes[0]?.at);
    await publisher.publish(changes);
    observer.told(changes.length);
  }

  /** News end a pause, but not one that was made because of a failure. */
  #rest(milliseconds: number): Promise<void> {
    const { pause, random = Math.random } = this.#options;
    if (this.#failures === 0) return pause(milliseconds * (0.8 + 0.4 * random()), this.#news.signal);
    const longest = Math.min(longestBackOffMilliseconds, 250 * 2 ** Math.min(this.#failures, 10));
    return pause(longest * (0.5 + 0.5 * random()), this.#closing.signal);
  }
}
