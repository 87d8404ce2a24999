import type { ResourceGroup, SourceName } from '@seaworthy/contracts/groupz';
import type { SourceFailure } from './source-failure.ts';

/** Where resource groups are read from. */
export interface GroupSource {
  readonly name: SourceName;
  /** How many subscriptions one reading may cover: each of them is told of together with the others. */
  readonly subscriptionsPerReading: number;
  /**
   * Reads all resource groups of the subscriptions that the service's identity may see, in any order.
   * All or nothing for each subscription: a list that breaks off half-way is a failure, never a shorter list.
   * Rejects with a `SourceFailure` when nothing could be read; when `signal` aborts it rejects soon, with whatever it likes.
   */
  list(subscriptionIds: readonly string[], signal: AbortSignal): Promise<Reading>;
}

/** What came of a reading. */
export interface Reading {
  /** An entry for each subscription asked for, by the id as it was given: its groups, or why there are none. */
  subscriptions: ReadonlyMap<string, readonly ResourceGroup[] | SourceFailure>;
  /** How much is left of what Azure lets the identity read before it throttles, from 0 to 1; absent when not told. */
  allowanceLeft?: number;
}
