/** Takes what was published: the channel, and the payload byte for byte. Runs synchronously and never throws. */
export type Receiver = (channel: string, payload: Buffer) => void;

/** Where messages come from. */
export interface Broker {
  /**
   * Asks for a channel's messages, once for all who listen to it here; asking again changes nothing, and tells how
   * things are now. Resolves when every later publication will reach the receiver. An outage only makes it wait.
   * Rejects with a Problem where the broker refuses this channel, for all who wait at that time. The wish stays: it is
   * made again whenever somebody asks, and now and then without being asked, until `unsubscribe`.
   */
  subscribe(channel: string): Promise<void>;
  /** Takes the wish back. The last of `subscribe` and `unsubscribe` wins, however quickly they follow each other. */
  unsubscribe(channel: string): void;
  /** Sets the one receiver of all messages; to be called before the first `subscribe`. */
  receive(receiver: Receiver): void;
}
