import {
  type ResourceGroup,
  type ResourceGroupChange,
  type ResourceGroupField,
  resourceGroupFields,
} from '@seaworthy/contracts/groupz';
import { fold } from './group-query.ts';

/**
 * What happened between two readings of one subscription, in the order of ids without regard to case.
 * Azure compares ids without regard to case: another casing of the same id is a change of its fields, no other group.
 * `at` is when the later reading began (RFC 3339).
 */
export function changesBetween(
  before: readonly ResourceGroup[],
  after: readonly ResourceGroup[],
  at: string,
): readonly ResourceGroupChange[] {
  const [old, now] = [byKey(before), byKey(after)];
  const found: [key: string, change: ResourceGroupChange][] = [];
  for (const [key, group] of now) {
    const previous = old.get(key);
    if (previous === undefined) found.push([key, { type: 'added', at, group }]);
    else if (previous !== group) {
      const fields = resourceGroupFields.filter((field) => !isEqual(previous[field], group[field]));
      if (fields.length > 0)
        found.push([key, { type: 'changed', at, group, fields, previous: pick(previous, fields) }]);
    }
  }
  for (const [key, group] of old) if (!now.has(key)) found.push([key, { type: 'removed', at, group }]);
  return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

/** The later reading, with the very same objects for groups that are as they were: what is made of them can be kept. */
export function keepUnchanged(
  before: readonly ResourceGroup[],
  after: readonly ResourceGroup[],
): readonly ResourceGroup[] {
  const old = byKey(before);
  return after.map((group) => {
    const previous = old.get(fold(group.id));
    const same = previous && resourceGroupFields.every((field) => isEqual(previous[field], group[field]));
    return same ? previous : group;
  });
}

function byKey(groups: readonly ResourceGroup[]): ReadonlyMap<string, ResourceGroup> {
  return new Map(groups.map((group) => [fold(group.id), group]));
}

function pick(group: ResourceGroup, fields: readonly ResourceGroupField[]): Partial<ResourceGroup> {
  return Object.fromEntries(fields.map((field) => [field, group[field]]));
}

/** Of tags, what they say counts, and not the order in which Azure happens to list them. */
function isEqual(a: ResourceGroup[ResourceGroupField], b: ResourceGroup[ResourceGroupField]): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b;
  const entries = Object.entries(a);
  return entries.length === Object.keys(b).length && entries.every(([key, value]) => b[key] === value);
}
