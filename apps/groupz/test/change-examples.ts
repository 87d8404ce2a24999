import type { ResourceGroup, ResourceGroupChange } from '@seaworthy/contracts/groupz';

const subscriptionId = '0b1f6471-1bf0-4dda-aec3-111111111111';

/** A group of some subscription. */
export function group(name: string, fields: Partial<ResourceGroup> = {}): ResourceGroup {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    subscriptionId,
    location: 'westeurope',
    tags: {},
    managedBy: null,
    provisioningState: 'Succeeded',
    ...fields,
  };
}

/** Groups that were added, by their names. */
export function added(...names: string[]): ResourceGroupChange[] {
  return names.map((name) => ({ type: 'added', at: '2026-01-01T00:00:00.000Z', group: group(name) }));
}
