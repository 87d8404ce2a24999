import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import type { GroupSource } from '../group-source.ts';
import { SourceFailure } from '../source-failure.ts';

/** A group, or what is known of it: a name at least. */
export type MemoryGroup = string | (Partial<ResourceGroup> & Pick<ResourceGroup, 'name'>);

/**
 * Groups in a Map from subscription id, in lower case: change the Map, and the next reading sees it.
 * What is not said of a group is filled in.
 */
export function memorySource(subscriptions: ReadonlyMap<string, readonly MemoryGroup[]>): GroupSource {
  return {
    name: 'arm',
    subscriptionsPerReading: 1000,
    async list(subscriptionIds, signal) {
      signal.throwIfAborted();
      const read = (id: string) =>
        subscriptions.get(id.toLowerCase())?.map((group) => wholeGroup(id.toLowerCase(), group)) ??
        new SourceFailure('not-found', `There is no subscription ${id}.`);
      return { subscriptions: new Map(subscriptionIds.map((id) => [id, read(id)])) };
    },
  };
}

/** A whole group; what is not said of it is filled in. */
export function wholeGroup(subscriptionId: string, group: MemoryGroup): ResourceGroup {
  const known = typeof group === 'string' ? { name: group } : group;
  const { name } = known;
  const whole = {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    subscriptionId,
    location: 'westeurope',
    tags: {},
    managedBy: null,
    provisioningState: 'Succeeded',
  };
  return { ...whole, ...known };
}
