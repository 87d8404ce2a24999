import { Problem } from '@seaworthy/chassis/problem';
import type { ResourceGroup } from './group-source.ts';
import { type Pass, Refresher, type RefreshOptions } from './refresher.ts';

/** The resource groups of some subscriptions, as they were a moment ago. Reading it never waits for Azure. */
export interface Inventory {
  /**
   * The names of all groups of all subscriptions; a name that two subscriptions use is there twice.
   * Throws a Problem of kind `unavailable` until every subscription has been loaded once: never half an answer.
   */
  listNames(): Listing;
  /** Rejects until every subscription has been loaded once. */
  check(): Promise<void>;
  /** Stops refreshing and waits for the passes in flight to end. */
  close(): Promise<void>;
}

/** Names in order (see `compareNames`), and how old the oldest part of them is. */
interface Listing {
  names: readonly string[];
  ageSeconds: number;
}

interface InventoryOptions extends RefreshOptions {
  subscriptionIds: readonly string[];
}

/** Begins to load the subscriptions, each on its own, and keeps them fresh in the background until it is closed. */
export function startInventory({ subscriptionIds, ...options }: InventoryOptions): Inventory {
  let names: readonly string[] | undefined;
  const observe = (pass: Pass) => {
    if (pass.failure === undefined) names = undefined; // sorted again by the next caller
    options.observe(pass);
  };
  const refreshers = subscriptionIds.map((id) => new Refresher(id, { ...options, observe }));
  const waiting = () => refreshers.filter(({ snapshot }) => snapshot === undefined);
  return {
    listNames() {
      const snapshots = refreshers.flatMap(({ snapshot }) => snapshot ?? []);
      if (snapshots.length < refreshers.length) throw notLoaded(waiting());
      names ??= sortNames(snapshots.flatMap(({ groups }) => groups));
      const oldest = Math.min(...snapshots.map(({ asOf }) => asOf));
      return { names, ageSeconds: Math.floor((options.clock.now() - oldest) / 1000) };
    },
    async check() {
      const missing = waiting().map(
        ({ subscriptionId, failure }) => `${subscriptionId} (${failure?.reason ?? 'first pass'})`,
      );
      if (missing.length > 0) throw new Error(`not loaded yet: ${missing.join(', ')}`);
    },
    async close() {
      await Promise.all(refreshers.map((refresher) => refresher.close()));
    },
  };
}

/**
 * Orders names without regard to case, as Azure compares them, then by code unit: the same on every machine, as no
 * locale takes part.
 */
export function compareNames(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortNames(groups: readonly ResourceGroup[]): readonly string[] {
  return groups.map(({ name }) => name).sort(compareNames);
}

function notLoaded(missing: readonly Refresher[]): Problem {
  const ids = missing.map(({ subscriptionId }) => subscriptionId).join(', ');
  return new Problem('unavailable', `The resource groups of some subscriptions are not loaded yet: ${ids}.`, {
    retryAfterSeconds: Math.max(...missing.map(({ secondsToNextPass }) => secondsToNextPass)),
  });
}
