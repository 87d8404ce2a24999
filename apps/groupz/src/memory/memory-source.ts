import { type GroupSource, SourceFailure } from '../group-source.ts';

/** Groups in a Map from subscription id to names: change the Map, and the next pass sees it. */
export function memorySource(subscriptions: ReadonlyMap<string, readonly string[]>): GroupSource {
  return {
    async list(subscriptionId, signal) {
      signal.throwIfAborted();
      const names = subscriptions.get(subscriptionId.toLowerCase());
      if (names === undefined) throw new SourceFailure('not-found', `There is no subscription ${subscriptionId}.`);
      return names.map((name) => ({ name }));
    },
  };
}
