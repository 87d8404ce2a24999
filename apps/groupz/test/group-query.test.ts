import { expect, it } from 'vitest';
import { fold, type GroupQuery, locationKey, meansTag, queryKey } from '../src/group-query.ts';

const everything: GroupQuery = { tags: [], tagKeys: [], sort: 'name' };

it.each([
  ['env:prod', 'env', 'prod', true],
  ['ENV:prod', 'env', 'prod', true],
  ['env:Prod', 'env', 'prod', false],
  ['env:', 'env', '', true],
  ['env:prod', 'env', 'prods', false],
  ['env:prod', 'en', 'v:prod', false],
  ['hidden-link:/x:y', 'hidden-link:/x', 'y', true],
  ['Hidden-Link:/x:y', 'hidden-link', '/x:y', true],
  ['Köln:a', 'KÖLN', 'a', true],
])('the text %j means the tag %j: %j, yes or no: %s', (text, key, value, meant) => {
  expect(meansTag(text, key, value)).toBe(meant);
});

it.each([
  ['ΟΔΟΣ', 'οδος', 'οδοσ'],
  ['Ärger', 'ÄRGER', 'ärger'],
  ['ДОМ', 'дом', 'Дом'],
])('folds %s, %s and %s alike', (...texts) => {
  expect(new Set(texts.map(fold)).size).toBe(1);
});

it.each([
  ['İ', 'i'],
  ['ı', 'i'],
  ['ß', 'ss'],
  ['\u212A', 'k'],
])('keeps %s and %s apart, as Azure does', (a, b) => {
  expect(fold(a)).not.toBe(fold(b));
});

it('keeps the length of every text: what begins alike still does', () => {
  const text = 'ΟΔΟΣ-İß-😀-ﬁ-ŉ';
  expect(fold(text)).toHaveLength(text.length);
  expect(fold('ΟΔΟΣΑ').startsWith(fold('ΟΔΟΣ'))).toBe(true);
});

it.each(['westeurope', 'West Europe', 'WESTEUROPE'])('knows the region %j', (location) => {
  expect(locationKey(location)).toBe('westeurope');
});

it('has one key for queries that mean the same', () => {
  const one = { ...everything, locations: ['a', 'b'], tagKeys: ['x', 'y'], tags: ['k:1', 'k:2'] };
  const other = { ...everything, locations: ['b', 'a'], tagKeys: ['y', 'x'], tags: ['k:2', 'k:1'] };
  expect(queryKey(one)).toBe(queryKey(other));
});

it.each<Partial<GroupQuery>>([
  { subscriptions: ['a'] },
  { locations: ['a'] },
  { states: ['a'] },
  { tags: ['a'] },
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
