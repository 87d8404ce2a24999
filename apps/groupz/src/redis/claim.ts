import { createHash } from 'node:crypto';
import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';

/**
 * The key by which replicas agree on who publishes a change: equal for the same change seen by any of them. When it was
 * seen is no part of it, as each replica reads at a moment of its own. So one replica cannot tell a change that another
 * one has published from the same change once more: that is published by the owner of the claim, who sees it too unless
 * it ended meanwhile, or both settings of a tag lay between two of its readings. Nor can it be told that two changes
 * seen by one replica are one step for another, which read less often: all are published then.
 */
export function claimKey({ type, group, fields, previous }: ResourceGroupChange): string {
  const content = JSON.stringify({ type, group, fields, previous }, sortKeys);
  return `groupz:change:${createHash('sha256').update(content).digest('base64url')}`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
