import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import { changesBetween, keepUnchanged } from './change.ts';
import type { GroupSource, Reading } from './group-source.ts';
import { Holdings } from './holdings.ts';
import type { InventoryObserver } from './inventory-observer.ts';
import { Readers } from './readers.ts';
import { type Pass, Refresher, type RefreshOptions } from './refresher.ts';
import { SourceFailure } from './source-failure.ts';
import type { Subscription, SubscriptionSource } from './subscription-source.ts';

/** What keeping an inventory takes. */
export interface InventoryOptions extends RefreshOptions {
  source: GroupSource;
  subscriptions: SubscriptionSource;
  /** Time between two looks at which subscriptions there are. */
  discoverySeconds: number;
  observers: readonly InventoryObserver[];
}

/**
 * The resource groups of some subscriptions, as they were a moment ago: loaded in the background, and kept fresh until
 * it is closed. A failed reading leaves what is known as it is.
 */
export class Inventory {
  readonly holdings = new Holdings();
  readonly #options: InventoryOptions;
  readonly #readers: Readers;
  readonly #discovery: Refresher<readonly Subscription[]>;
  #discoveryFailure: SourceFailure | undefined;
  /** Subscriptions that came or went while somebody was listening: what they hold is news, also the first time. */
  readonly #announced = new Set<string>();
  #loaded = false;

  constructor(options: InventoryOptions) {
    const { source, subscriptions, pace, discoverySeconds } = options;
    this.#options = options;
    this.#readers = new Readers(source, options, (ids, pass) => this.#takeReading(ids, pass));
    this.#discovery = new Refresher(
      { read: (signal) => subscriptions.list(signal), tell: (pass) => this.#takeDiscovery(pass) },
      { ...options, pace: { ...pace, refreshSeconds: discoverySeconds } },
    );
  }

  /** Rejects until a first subscription has been loaded, with the reasons; never afterwards. */
  async check(): Promise<void> {
    if (this.#loaded) return;
    const known = this.holdings.all();
    const reasons = known.map(
      ({ subscription, failure }) => `${subscription.subscriptionId} (${failure?.reason ?? 'first reading'})`,
    );
    if (reasons.length === 0) reasons.push(`discovery (${this.#discoveryFailure?.reason ?? 'found none yet'})`);
    throw new Error(`no subscription is loaded yet: ${reasons.slice(0, 10).join(', ')}`);
  }

  /** Stops refreshing and waits for the readings in flight to end. */
  async close(): Promise<void> {
    // Both at once: the discovery may be waiting for its turn behind readings.
    await Promise.all([this.#discovery.close(), this.#readers.close()]);
  }

  #takeDiscovery({ outcome, nextInSeconds }: Pass<readonly Subscription[]>): void {
    this.#discoveryFailure = outcome instanceof SourceFailure ? outcome : undefined;
    if (outcome instanceof SourceFailure) this.#tell('discovered', { nextInSeconds, failure: outcome });
    else this.#takeSubscriptions(outcome, nextInSeconds);
  }

  #takeSubscriptions(subscriptions: readonly Subscription[], nextInSeconds: number): void {
    if (this.holdings.known) {
      for (const { subscriptionId } of subscriptions)
        if (this.holdings.get(subscriptionId) === undefined) this.#announced.add(subscriptionId);
    }
    const gone = this.holdings.keep(subscriptions);
    this.#readers.cover(subscriptions.map(({ subscriptionId }) => subscriptionId));
    for (const { subscription, snapshot } of gone) {
      const removed = changesBetween(snapshot?.groups ?? [], [], this.#options.clock.date().toISOString());
      if (removed.length > 0) this.#tell('groupsChanged', removed, false);
      this.#tell('subscriptionGone', subscription.subscriptionId);
    }
    this.#tell('discovered', { nextInSeconds, subscriptions: subscriptions.length });
  }

  #takeReading(ids: readonly string[], pass: Pass<Reading>): void {
    for (const subscriptionId of ids) {
      if (this.holdings.get(subscriptionId) === undefined) continue; // gone while it was read
      const result = resultOf(subscriptionId, pass);
      if (result instanceof SourceFailure) this.#fail(subscriptionId, pass, result);
      else this.#load(subscriptionId, pass, result);
    }
  }

  #fail(subscriptionId: string, { asOf, seconds, nextInSeconds }: Pass<Reading>, failure: SourceFailure): void {
    this.holdings.fail(subscriptionId, failure, this.#after(nextInSeconds));
    this.#tell('subscriptionRead', { subscriptionId, asOf, seconds, nextInSeconds, failure });
  }

  #load(subscriptionId: string, pass: Pass<Reading>, groups: readonly ResourceGroup[]): void {
    const { asOf, seconds, nextInSeconds } = pass;
    const { clock } = this.#options;
    const before = this.holdings.get(subscriptionId)?.snapshot;
    const date = new Date(clock.date().getTime() - (clock.now() - asOf));
    const changes = changesBetween(before?.groups ?? [], groups, date.toISOString());
    const changed = changes.length > 0;
    const first = before === undefined && !this.#announced.has(subscriptionId);
    const nextReadingAt = this.#after(nextInSeconds);
    this.#loaded = true;
    const kept = before && changed ? keepUnchanged(before.groups, groups) : groups;
    this.holdings.load(subscriptionId, { snapshot: { groups: kept, asOf, date }, changed, nextReadingAt });
    if (changed) this.#tell('groupsChanged', changes, first);
    this.#tell('subscriptionRead', { subscriptionId, asOf, seconds, nextInSeconds, groups: groups.length });
  }

  #after(seconds: number): number {
    return this.#options.clock.now() + seconds * 1000;
  }

  #tell<E extends keyof InventoryObserver>(event: E, ...what: Parameters<NonNullable<InventoryObserver[E]>>): void {
    for (const observer of this.#options.observers) {
      (observer[event] as ((...args: typeof what) => void) | undefined)?.(...what);
    }
  }
}

function resultOf(subscriptionId: string, { outcome }: Pass<Reading>): readonly ResourceGroup[] | SourceFailure {
  if (outcome instanceof SourceFailure) return outcome;
  const missing = new SourceFailure('unexpected', 'The source told nothing of a subscription: this is a bug.');
  return outcome.subscriptions.get(subscriptionId) ?? missing;
}
