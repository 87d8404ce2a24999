import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import type { SourceFailure } from './source-failure.ts';
import type { Subscription } from './subscription-source.ts';

/** The groups of a subscription as they were at one moment. */
export interface Snapshot {
  readonly groups: readonly ResourceGroup[];
  /** When the reading began, by the clock's milliseconds. */
  readonly asOf: number;
  /** The same by the wall clock. */
  readonly date: Date;
}

/** What is known of a subscription. */
export interface Holding {
  readonly subscription: Subscription;
  /** The last good snapshot; absent until a first reading has succeeded. */
  readonly snapshot?: Snapshot;
  /** Why the latest reading failed; absent when it succeeded, and before the first. */
  readonly failure?: SourceFailure;
  /** When it is read again, by the clock's milliseconds; absent before the first reading. */
  readonly nextReadingAt?: number;
}

/** What is known of all subscriptions. A failed reading leaves the last good snapshot as it is. */
export class Holdings {
  readonly #holdings = new Map<string, Holding>();
  #known = false;

  /** Whether it is known which subscriptions there are. */
  get known(): boolean {
    return this.#known;
  }

  /** In the order of ids. */
  all(): readonly Holding[] {
    return [...this.#holdings.values()];
  }

  get(subscriptionId: string): Holding | undefined {
    return this.#holdings.get(subscriptionId);
  }

  /** Takes over which subscriptions there are. Returns those that are gone. */
  keep(subscriptions: readonly Subscription[]): readonly Holding[] {
    this.#known = true;
    const ids = new Set(subscriptions.map(({ subscriptionId }) => subscriptionId));
    const gone = this.all().filter(({ subscription }) => !ids.has(subscription.subscriptionId));
    const before = new Map(this.#holdings);
    this.#holdings.clear();
    for (const subscription of subscriptions.toSorted(byId)) {
      this.#holdings.set(subscription.subscriptionId, { ...before.get(subscription.subscriptionId), subscription });
    }
    return gone;
  }

  /** Takes over a good reading. Unless its groups `changed`, the array of the reading before stays. */
  load(subscriptionId: string, { snapshot, changed, nextReadingAt }: Load): void {
    const { subscription, snapshot: before } = this.#holdings.get(subscriptionId) as Holding;
    const groups = changed || before === undefined ? snapshot.groups : before.groups;
    this.#holdings.set(subscriptionId, { subscription, snapshot: { ...snapshot, groups }, nextReadingAt });
  }

  /** Notes a failed reading. */
  fail(subscriptionId: string, failure: SourceFailure, nextReadingAt: number): void {
    const holding = this.#holdings.get(subscriptionId) as Holding;
    this.#holdings.set(subscriptionId, { ...holding, failure, nextReadingAt });
  }
}

interface Load {
  snapshot: Snapshot;
  changed: boolean;
  nextReadingAt: number;
}

function byId(a: Subscription, b: Subscription): number {
  return a.subscriptionId < b.subscriptionId ? -1 : 1;
}
