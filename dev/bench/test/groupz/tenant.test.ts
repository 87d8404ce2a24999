import { parseSeed } from '@seaworthy/azure-emulator/seed';
import { expect, it } from 'vitest';
import { flatGroups, questions } from '../../src/groupz/filters.ts';
import { tenantOf } from '../../src/groupz/tenant.ts';

it('is a tenant that the emulator takes, with the groups spread over the subscriptions', () => {
  const { subscriptions, applications } = parseSeed(tenantOf({ groups: 10, subscriptions: 4 }), 'bench');
  expect(subscriptions.map(({ resourceGroups }) => resourceGroups.length)).toEqual([3, 3, 2, 2]);
  expect(applications[0]?.subscriptions).toEqual(subscriptions.map(({ id }) => id));
});

it('has names, locations and tags that differ', () => {
  const groups = flatGroups({ groups: 1000, subscriptions: 2 });
  const differing = (of: (group: (typeof groups)[number]) => unknown) => new Set(groups.map(of)).size;
  expect([
    differing(({ name }) => name),
    differing(({ location }) => location),
    differing(({ tags }) => tags['owner']),
  ]).toEqual([1000, 7, 30]);
});

it.for(Object.keys(questions))('asks for a few of many groups %s', (name) => {
  const size = { groups: 10_000, subscriptions: 20 };
  const groups = flatGroups(size);
  const asked = questions[name]?.(size) ?? [];
  const found = asked.map(({ matches }) => groups.filter(matches).length);
  expect(new Set(asked.map(({ query }) => query)).size).toBeGreaterThanOrEqual(140);
  expect(Math.min(...found)).toBeGreaterThan(0);
  expect(Math.max(...found)).toBeLessThanOrEqual(100);
});
