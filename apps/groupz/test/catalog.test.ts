import { expect, it } from 'vitest';
import { Catalog } from '../src/catalog.ts';
import type { GroupQuery } from '../src/group-query.ts';
import type { MemoryGroup } from '../src/memory/memory-source.ts';
import { groupOf } from './groups.ts';
import { A, B } from './refresh-options.ts';

const catalogOf = (...groups: MemoryGroup[]) => new Catalog(groups.map((group) => groupOf(group)));

function namesOf(catalog: Catalog, query: Partial<GroupQuery> = {}): string[] {
  return catalog.find({ tags: [], tagKeys: [], sort: 'name', ...query }).map(({ group }) => group.name);
}

it('orders by name without regard to case, then by code unit, the same in every locale', () => {
  const catalog = catalogOf('b', 'a', 'B', 'ä', 'a-1', 'a_1', 'A', 'a1', 'rg.(x)');
  expect(namesOf(catalog)).toEqual(['A', 'a', 'a-1', 'a1', 'a_1', 'B', 'b', 'rg.(x)', 'ä']);
});

it('orders the same name by subscription, whatever the order of reading', () => {
  const groups = [groupOf('rg-x', B), groupOf('rg-x', A)];
  for (const each of [groups, groups.toReversed()])
    expect(new Catalog(each).entries.map(({ group }) => group.subscriptionId)).toEqual([A, B]);
});

it.each([
  ['name', ['A', 'b', 'C']],
  ['-name', ['C', 'b', 'A']],
  ['location', ['b', 'A', 'C']],
  ['-location', ['C', 'A', 'b']],
] as const)('sorts by %s, ties by name', (sort, names) => {
  const catalog = catalogOf(
    { name: 'C', location: 'westeurope' },
    { name: 'A', location: 'westeurope' },
    { name: 'b', location: 'northeurope' },
  );
  expect(namesOf(catalog, { sort })).toEqual(names);
});

const tagged = () =>
  catalogOf(
    { name: 'both', tags: { env: 'prod', team: 'sea' } },
    { name: 'env', tags: { ENV: 'prod' } },
    { name: 'Prod', tags: { env: 'Prod' } },
    { name: 'none' },
    { name: 'empty', tags: { env: '' } },
    { name: 'colons', tags: { 'hidden-link:/a': 'b:c' } },
  );

it.each([
  [['env:prod'], ['both', 'env']],
  [['Env:prod'], ['both', 'env']],
  [['env:Prod'], ['Prod']],
  [['env:'], ['empty']],
  [['env:prod', 'team:sea'], ['both']],
  [['team:sea', 'env:prod'], ['both']],
  [['env:prod', 'team:air'], []],
  [['hidden-LINK:/a:b:c'], ['colons']],
])('finds by tags %j', (texts, names) => {
  expect(namesOf(tagged(), { tags: texts })).toEqual(names);
});

it('finds a group once that meets a tag in two readings of its colons', () => {
  const catalog = catalogOf({ name: 'twice', tags: { a: 'b:c', 'a:b': 'c' } });
  expect(namesOf(catalog, { tags: ['a:b:c'] })).toEqual(['twice']);
});

it.each([
  [['env'], ['both', 'empty', 'env', 'Prod']],
  [['env', 'team'], ['both']],
  [['nothing'], []],
])('finds by tag keys %j', (tagKeys, names) => {
  expect(namesOf(tagged(), { tagKeys })).toEqual(names);
});

it.each([
  ['rg', ['rg-1', 'RG-2', 'rg-Über', 'rg-船', 'rgzz', 'rg船']],
  ['rg-ü', ['rg-Über']],
  ['rg-船', ['rg-船']],
  ['𝕣', ['𝕣g']],
  ['rg-1', ['rg-1']],
  ['zz', []],
])('finds by the begin of the name %j', (namePrefix, names) => {
  expect(
    namesOf(catalogOf('a', 'rg-1', 'RG-2', 'rg-Über', 'rg-船', 'rx', 'rg船', 'rgzz', '𝕣g'), { namePrefix }),
  ).toEqual(names);
});

it('finds by location, as Azure writes it for people or for machines', () => {
  const catalog = catalogOf({ name: 'a', location: 'West Europe' }, { name: 'b', location: 'uksouth' }, 'c');
  expect(namesOf(catalog, { locations: ['westeurope'] })).toEqual(['a', 'c']);
  expect(namesOf(catalog, { locations: ['uksouth', 'westeurope'] })).toEqual(['a', 'b', 'c']);
});

it('finds by state and by manager in any case', () => {
  const manager = '/subscriptions/X/providers/Y';
  const catalog = catalogOf({ name: 'a', provisioningState: 'Deleting' }, { name: 'b', managedBy: manager }, 'c');
  expect(namesOf(catalog, { states: ['deleting'] })).toEqual(['a']);
  expect(namesOf(catalog, { states: ['deleting', 'succeeded'] })).toEqual(['a', 'b', 'c']);
  expect(namesOf(catalog, { managedBy: manager.toLowerCase() })).toEqual(['b']);
  expect(namesOf(catalog, { managedBy: '' })).toEqual([]);
});

it('finds by subscription, and joins all criteria by AND', () => {
  const catalog = new Catalog([
    groupOf({ name: 'rg-1', tags: { env: 'prod' } }, A),
    groupOf({ name: 'rg-2', tags: { env: 'prod' } }, B),
    groupOf({ name: 'rg-3' }, B),
    groupOf({ name: 'x', tags: { env: 'prod' } }, B),
  ]);
  expect(namesOf(catalog, { subscriptions: [A] })).toEqual(['rg-1']);
  expect(namesOf(catalog, { subscriptions: [B], tags: ['env:prod'], namePrefix: 'rg' })).toEqual(['rg-2']);
});

it('gets a group by name and subscription, both in any case', () => {
  const catalog = new Catalog([groupOf('RG-Über', A), groupOf('rg-über', B)]);
  expect(catalog.get(B.toUpperCase(), 'RG-ÜBER')?.group).toMatchObject({ name: 'rg-über', subscriptionId: B });
  expect(catalog.get(A, 'rg-über')?.group.name).toBe('RG-Über');
  expect(catalog.get(A, 'rg-übe')).toBeUndefined();
  expect(catalog.get('00000000-0000-4000-8000-000000000000', 'rg-über')).toBeUndefined();
});

it('has the same id for the same groups in any order, and another one when anything differs', () => {
  const groups = [groupOf('a'), groupOf({ name: 'b', tags: { env: 'prod' } })];
  const { id } = new Catalog(groups);
  expect(new Catalog(groups.toReversed()).id).toBe(id);
  expect(new Catalog(groups.slice(1)).id).not.toBe(id);
  expect(new Catalog([groupOf('a'), groupOf({ name: 'b', tags: { env: 'test' } })]).id).not.toBe(id);
});

it('keeps the JSON of a group as it is sent', () => {
  const [entry] = catalogOf({ name: 'rg-%d"', tags: { a: '1' } }).entries;
  expect(JSON.parse(entry?.json ?? '')).toEqual(groupOf({ name: 'rg-%d"', tags: { a: '1' } }));
});
