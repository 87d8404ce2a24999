import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import { SourceFailure } from '../source-failure.ts';

/** A resource group as Azure Resource Manager and Resource Graph tell of it: of whatever shape. */
export type GroupFields = { readonly [Key in Exclude<keyof ResourceGroup, 'subscriptionId'>]?: unknown };

const idPattern = /^\/subscriptions\/([0-9a-f-]{36})\/resourceGroups\/[^/]+$/i;

/**
 * Reads a whole group of one of the subscriptions, given in lower case; the order of its fields is always the same.
 * Throws a `SourceFailure` where anything of it is missing that Azure documents as required.
 */
export function readGroup(found: GroupFields, isExpected: (subscriptionId: string) => boolean): ResourceGroup {
  const id = text(found.id, 'id');
  const subscriptionId = idPattern.exec(id)?.[1]?.toLowerCase();
  if (subscriptionId === undefined || !isExpected(subscriptionId))
    throw invalid('A resource group in the answer is of another subscription.');
  return {
    id,
    name: text(found.name, 'name'),
    subscriptionId,
    location: text(found.location, 'location'),
    tags: readTags(found.tags ?? {}),
    managedBy: isAbsent(found.managedBy) ? null : text(found.managedBy, 'managedBy'),
    provisioningState: isAbsent(found.provisioningState)
      ? 'Unknown'
      : text(found.provisioningState, 'provisioningState'),
  };
}

/** Puts groups into one list; one that was found again, because another came or went meanwhile, is there once. */
export function eachOnce(groups: readonly ResourceGroup[]): ResourceGroup[] {
  return [...new Map(groups.map((group) => [group.id.toLowerCase(), group])).values()];
}

/** Resource Graph has empty strings where Resource Manager has nothing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function readTags(tags: unknown): Record<string, string> {
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags))
    throw invalid('The tags of a resource group in the answer are no object.');
  if (Object.values(tags).some((value) => typeof value !== 'string'))
    throw invalid('A tag of a resource group in the answer is no text.');
  // Azure lists them in no order that it promises, and replicas compare what they make of groups.
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function text(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`A resource group in the answer has no ${field}.`);
}

function invalid(message: string): SourceFailure {
  return new SourceFailure('invalid-answer', message);
}
