import { createHash } from 'node:crypto';
import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';

/**
 * The key by which replicas agree on who publishes a change: equal for the same change seen by any of them. When it was
 * seen is no part of it, as each replica reads at a moment of its own. So it cannot tell a change from the same one
 * once more: a tag that is set, taken away and set again while the key lives is published without its second setting.
 * Nor can it tell that two changes seen by one replica are one step for another, which read less often: all are
 * published then.
 */
export function claimKey({ type, group, fields, previous }: ResourceGroupChange): string {
  const content = JSON.stringify({ type, group, fields, previous }, sortKeys);
  return `groupz:change:${createHash('sha256').update(content).digest('base64url')}`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
