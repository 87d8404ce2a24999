import type { Position } from '@seaworthy/contracts/realtime';
import type { Feed } from './feed.ts';
import type { Interest } from './hub.ts';
import type { Stay } from './stay.ts';

/** A channel that a client is in, or about to be in, from its first join to its leave. */
export interface Seat {
  since?: Position | undefined;
  /** What keeps the channel open until it is in. */
  interests: Set<Interest>;
  feed?: Feed;
  stay?: Stay;
  /** Whether the client has left: that was answered, and nothing further is. */
  left: boolean;
}

/** Lets go of the channel as one that somebody is about to come into. */
export function endAll(interests: Set<Interest>): void {
  for (const interest of interests) interest.end();
  interests.clear();
}
