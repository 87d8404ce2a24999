import type { ResourceGroup, ResourceGroupChange } from '@seaworthy/contracts/groupz';
import { groupOf } from './groups.ts';

/** A group of some subscription. */
export function group(name: string, fields: Partial<ResourceGroup> = {}): ResourceGroup {
  return groupOf({ name, ...fields });
}

/** Groups that were added, by their names. */
export function added(...names: string[]): ResourceGroupChange[] {
  return names.map((name) => ({ type: 'added', at: '2026-01-01T00:00:00.000Z', group: group(name) }));
}
