import type { Position } from '@seaworthy/contracts/realtime';
import type { Feed } from './feed.ts';

/** What a client learns when it joins a channel. */
export interface Joined {
  /** The last message before those that follow by themselves. */
  position: Position;
  /** For who comes back: whether all since then follows. */
  recovered?: boolean | undefined;
}

/** What who joins at this place, or comes back after another one, is told. */
export function joinedOf({ position, ring }: Feed, since: Position | undefined): Joined {
  if (!since) return { position };
  return { position, recovered: since.epoch === position.epoch && since.offset <= ring.last };
}
