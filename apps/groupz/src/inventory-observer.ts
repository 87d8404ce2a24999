import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';
import type { SourceFailure } from './source-failure.ts';

/** What came of one reading of a subscription: groups, or a failure. */
export interface SubscriptionReading {
  subscriptionId: string;
  /** When it began, by the clock's milliseconds. */
  asOf: number;
  seconds: number;
  nextInSeconds: number;
  /** How many groups the subscription has now. */
  groups?: number;
  failure?: SourceFailure;
}

/** What came of looking which subscriptions there are. */
export interface Discovery {
  nextInSeconds: number;
  subscriptions?: number;
  failure?: SourceFailure;
}

/** Told of what happens to an inventory, as it happens. What it throws is a bug and ends the service. */
export interface InventoryObserver {
  subscriptionRead?(reading: SubscriptionReading): void;
  subscriptionGone?(subscriptionId: string): void;
  discovered?(discovery: Discovery): void;
  /** `first`: the groups of a subscription that was not read before, all of them as added. */
  groupsChanged?(changes: readonly ResourceGroupChange[], first: boolean): void;
}
