import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import { SourceFailure } from '../source-failure.ts';
import { type GroupFields, readGroup } from './group-fields.ts';

/** A row of Resource Graph: of whatever shape. */
export type GraphRow = GroupFields & { readonly type?: unknown; readonly subscriptionId?: unknown };

/** The groups of each subscription that has a row of its own; one without may not be read. */
export function groupsBySubscription(
  rows: readonly GraphRow[],
  asked: readonly string[],
): ReadonlyMap<string, readonly ResourceGroup[]> {
  const expected = new Set(asked);
  const seen = new Map<string, ResourceGroup[]>();
  const groups: ResourceGroup[] = [];
  for (const row of rows) {
    const type = String(row.type).toLowerCase();
    if (type === 'microsoft.resources/subscriptions') seen.set(String(row.subscriptionId).toLowerCase(), []);
    else if (type === 'microsoft.resources/subscriptions/resourcegroups')
      groups.push(readGroup(row, (id) => expected.has(id)));
    else throw new SourceFailure('invalid-answer', 'A row in the answer of Resource Graph was not asked for.');
  }
  for (const group of groups) seen.get(group.subscriptionId)?.push(group);
  return seen;
}
