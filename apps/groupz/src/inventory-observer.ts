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
  /** `first`: what a subscription held when the service began to read it, all of it as added: no news. */
  groupsChanged?(changes: readonly ResourceGroupChange[], first: boolean): void;
}
