import type { Position } from '@seaworthy/contracts/realtime';
import type { Channel } from './channel.ts';

/** Takes what a broker has to say. Runs synchronously and never throws. */
export interface Receiver {
  /** A publication, byte for byte; with its position where it is stored. */
  message(channel: string, payload: Buffer, position?: Position): void;
  /** What arrived together is complete. */
  settled(): void;
  /** A channel is heard again after an outage: what was published meanwhile has not come. */
  resumed(channel: string): void;
}

/** A part of what is stored of a durable channel. */
export interface Stored {
  epoch: string;
  /** The number before the first one of this epoch. */
  begins: number;
  /** The number of the last message, 0 where there was none yet. */
  head: number;
  /** Oldest first. The oldest ones of a channel are thrown away at some time. */
  messages: { offset: number; payload: Buffer }[];
}

/** Where messages come from, and go to. */
export interface Broker {
  /**
   * Asks for a channel's messages, once for all who listen to it here; asking again changes nothing, and tells how
   * things are now. Resolves when every later publication will reach the receiver. An outage only makes it wait.
   * Rejects with a Problem where the broker refuses this channel, for all who wait at that time. The wish stays: it is
   * made again whenever somebody asks, and now and then without being asked, until `unsubscribe`.
   */
  subscribe(channel: Channel): Promise<void>;
  /** Takes the wish back. The last of `subscribe` and `unsubscribe` wins, however quickly they follow each other. */
  unsubscribe(channel: Channel): void;
  /** Sets the one receiver of all messages; to be called before the first `subscribe`. */
  receive(receiver: Receiver): void;
  /**
   * Publishes, and resolves once that is accepted; on a durable channel, with the position that it is stored at. A
   * repetition under the same `key` is published once, for a day.
   */
  publish(channel: Channel, payload: Buffer, key?: string): Promise<Position | undefined>;
  /**
   * Reads what is stored of a durable channel: at most `limit` messages after a position, or without it the newest
   * ones; none after a position of another epoch.
   */
  read(channel: Channel, range: { after?: Position | undefined; limit: number }): Promise<Stored>;
  /**
   * Says that a durable channel has lost what there was after a position. It begins another epoch there, unless
   * somebody has said so before.
   */
  renew(channel: Channel, position: Position): Promise<void>;
}
