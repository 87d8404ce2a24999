/** An Azure subscription. */
export interface Subscription {
  /** In lower case. */
  subscriptionId: string;
  /** What Azure calls it, and its state; null where nobody asked Azure. */
  displayName: string | null;
  state: string | null;
}

/** Where the subscriptions to read are known from. */
export interface SubscriptionSource {
  /**
   * Lists the subscriptions, each once, in any order. All or nothing.
   * Rejects with a `SourceFailure`; when `signal` aborts it rejects soon, with whatever it likes.
   */
  list(signal: AbortSignal): Promise<readonly Subscription[]>;
}

/** Subscriptions that somebody wrote down: the same for ever. */
export function givenSubscriptions(ids: readonly string[]): SubscriptionSource {
  const given = ids.map((id) => ({ subscriptionId: id.toLowerCase(), displayName: null, state: null }));
  return { list: async () => given };
}
