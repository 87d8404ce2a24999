import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';
import { expect, it } from 'vitest';
import { claimKey } from '../../src/redis/claim.ts';
import { group } from '../change-examples.ts';

const change: ResourceGroupChange = {
  type: 'changed',
  at: '2026-01-01T00:00:00.000Z',
  group: group('rg-a', { tags: { a: '1', b: '2' } }),
  fields: ['tags'],
  previous: { tags: { a: '1' } },
};

it('is the same whenever a change was seen, with tags in whichever order', () => {
  const reordered = { ...change, at: '2026-01-01T00:00:59.000Z', group: group('rg-a', { tags: { b: '2', a: '1' } }) };
  expect(claimKey(reordered)).toBe(claimKey(change));
  expect(claimKey(change)).toMatch(/^groupz:change:[\w-]{43}$/);
});

it.each<[string, Partial<ResourceGroupChange>]>([
  ['type', { type: 'removed' }],
  ['group', { group: group('rg-b', { tags: { a: '1', b: '2' } }) }],
  ['value', { group: group('rg-a', { tags: { a: '1', b: '3' } }) }],
  ['set of fields', { fields: ['tags', 'location'] }],
  ['value before', { previous: { tags: { a: '0' } } }],
])('is another one for another %s', (_what, other) => {
  expect(claimKey({ ...change, ...other })).not.toBe(claimKey(change));
});
