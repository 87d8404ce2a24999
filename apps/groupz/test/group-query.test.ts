import { expect, it } from 'vitest';
import { type GroupQuery, locationKey, queryKey, readTagWish, tagText } from '../src/group-query.ts';

const everything: GroupQuery = { tags: [], tagKeys: [], sort: 'name' };

it.each([
  ['env:prod', ['env:prod']],
  ['ENV:Prod', ['env:Prod']],
  ['env:', ['env:']],
  ['hidden-link:/x:y', ['hidden-link:/x:y', 'hidden-link:/x:y']],
  ['A:B:c', ['a:B:c', 'a:b:c']],
  [':a:b', [':a:b']],
])('reads the tag %j in every way in which its colons can be meant', (text, wish) => {
  expect(readTagWish(text)).toEqual(wish);
});

it.each(['env', ':', ':prod', ''])('reads no tag in %j', (text) => {
  expect(readTagWish(text)).toBeUndefined();
});

it('writes a tag with the key in lower case and the value as it is', () => {
  expect(tagText('Cost:Center', 'Köln:A')).toBe('cost:center:Köln:A');
});

it.each(['westeurope', 'West Europe', 'WESTEUROPE'])('knows the region %j', (location) => {
  expect(locationKey(location)).toBe('westeurope');
});

it('has one key for queries that mean the same', () => {
  const one = { ...everything, locations: ['a', 'b'], tagKeys: ['x', 'y'], tags: [['k:1'], ['k:2']] };
  const other = { ...everything, locations: ['b', 'a'], tagKeys: ['y', 'x'], tags: [['k:2'], ['k:1']] };
  expect(queryKey(one)).toBe(queryKey(other));
});

it.each<Partial<GroupQuery>>([
  { subscriptions: ['a'] },
  { locations: ['a'] },
  { states: ['a'] },
  { tags: [['a']] },
  { tagKeys: ['a'] },
  { namePrefix: 'a' },
  { managedBy: 'a' },
  { sort: '-name' },
  { fields: ['name'] },
])('has another key with %o', (criterion) => {
  const keys = [{}, criterion].map((each) => queryKey({ ...everything, ...each }));
  expect(keys[0]).not.toBe(keys[1]);
});

it('has another key for each criterion that a text may belong to', () => {
  const criteria = [{ subscriptions: ['a'] }, { locations: ['a'] }, { states: ['a'] }, { tagKeys: ['a'] }];
  const texts: Partial<GroupQuery>[] = [...criteria, { namePrefix: 'a' }, { managedBy: 'a' }];
  expect(new Set(texts.map((each) => queryKey({ ...everything, ...each }))).size).toBe(6);
});

it.each(['namePrefix', 'managedBy'])('has another key with another %s', (criterion) => {
  const keys = ['a', 'b'].map((text) => queryKey({ ...everything, [criterion]: text }));
  expect(keys[0]).not.toBe(keys[1]);
});
