import type { GroupSource, Reading } from './group-source.ts';
import { type Pass, Refresher, type RefreshOptions } from './refresher.ts';

/** Subscriptions that are read together. */
interface Batch {
  ids: readonly string[];
  refresher: Refresher<Reading>;
}

/** Told of each reading, with the subscriptions that it was meant to cover. */
type Tell = (ids: readonly string[], pass: Pass<Reading>) => void;

/**
 * Reads subscriptions for as long as there are any, as many at a time as the source can. A subscription stays in its
 * batch: so a batch keeps waiting for as long as Azure told it to, whoever else comes or goes.
 */
export class Readers {
  readonly #source: GroupSource;
  readonly #options: RefreshOptions;
  readonly #tell: Tell;
  readonly #notBefore = new Map<string, number>();
  #batches: readonly Batch[] = [];
  readonly #closing = new Set<Promise<void>>();

  constructor(source: GroupSource, options: RefreshOptions, tell: Tell) {
    this.#source = source;
    this.#options = options;
    this.#tell = tell;
  }

  /**
   * Reads these subscriptions from now on, and no others. One that was gone for a while is not read before its turn
   * would have come: Azure may have asked for time.
   */
  cover(ids: readonly string[]): void {
    for (const [id, moment] of this.#notBefore) if (moment <= this.#options.clock.now()) this.#notBefore.delete(id);
    const wanted = new Set(ids);
    for (const batch of this.#batches) batch.ids = batch.ids.filter((id) => wanted.delete(id));
    this.#dropEmpty();
    const homeless = [...wanted];
    for (const batch of this.#batches) {
      const newcomers = homeless.splice(0, this.#source.subscriptionsPerReading - batch.ids.length);
      if (newcomers.length > 0) batch.refresher.hurry();
      batch.ids = [...batch.ids, ...newcomers];
    }
    while (homeless.length > 0) this.#begin(homeless.splice(0, this.#source.subscriptionsPerReading));
  }

  /** Aborts all readings in flight and waits for their end. */
  async close(): Promise<void> {
    this.cover([]);
    await Promise.all(this.#closing);
  }

  #begin(ids: readonly string[]): void {
    const asked = { ids };
    const batch: Batch = {
      ids,
      refresher: new Refresher<Reading>(
        {
          read: (signal) => {
            asked.ids = batch.ids;
            return this.#source.list(batch.ids, signal);
          },
          notBefore: Math.max(0, ...ids.map((id) => this.#notBefore.get(id) ?? 0)),
          allowanceLeft: ({ allowanceLeft }) => allowanceLeft,
          tell: (pass) => {
            const next = this.#options.clock.now() + pass.nextInSeconds * 1000;
            for (const id of asked.ids) this.#notBefore.set(id, next);
            this.#tell(asked.ids, pass);
          },
        },
        this.#options,
      ),
    };
    this.#batches = [...this.#batches, batch];
  }

  #dropEmpty(): void {
    const empty = this.#batches.filter(({ ids }) => ids.length === 0);
    this.#batches = this.#batches.filter(({ ids }) => ids.length > 0);
    for (const { refresher } of empty) {
      const closing = refresher.close().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
  }
}
