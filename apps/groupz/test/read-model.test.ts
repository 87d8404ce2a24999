import { expect, it } from 'vitest';
import type { GroupQuery } from '../src/group-query.ts';
import type { ReadModel } from '../src/read-model.ts';
import { crowd } from './groups.ts';
import { modelOf } from './model.ts';
import { A, B } from './refresh-options.ts';
import { failure } from './scripted-source.ts';
import { type InventoryWorld, startedInventory } from './started-inventory.ts';

const all: GroupQuery = { tags: [], tagKeys: [], sort: 'name' };

async function loaded(world: InventoryWorld, staleLimitSeconds = 3600) {
  const started = startedInventory(world);
  await started.clock.advance(0);
  return { ...started, model: modelOf(started.inventory, { clock: started.clock, staleLimitSeconds }) };
}

const both = () =>
  new Map([
    [A, ['rg-a', 'rg-c']],
    [B, ['rg-b']],
  ]);

/** Turns all pages, and tells the names on each. */
async function walk(model: ReadModel, pageSize: number, between: () => Promise<void> = async () => undefined) {
  const pages: string[][] = [];
  for (let pageToken: string | undefined, more = true; more; more = pageToken !== undefined) {
    const page = model.page({ query: all, pageSize, pageToken });
    pages.push(page.entries.map(({ group }) => group.name));
    pageToken = page.next;
    await between();
  }
  return pages;
}

it('walks 10,000 groups of 20 subscriptions in pages of 500, each group once', async () => {
  const { model } = await loaded({ groups: crowd(20, 500) });
  const pages = await walk(model, 500);
  expect(pages.map(({ length }) => length)).toEqual(Array.from({ length: 20 }, () => 500));
  expect(new Set(pages.flat()).size).toBe(10_000);
  expect(pages.flat()).toEqual(model.names().names);
});

it('walks through one snapshot while the groups change with each page', async () => {
  const { model, clock, groups } = await loaded({ groups: crowd(20, 500) });
  const before = model.names().names;
  const [first = ''] = groups.keys();
  const pages = await walk(model, 500, async () => {
    groups.set(first, (groups.get(first) ?? []).slice(7));
    await clock.advance(60);
  });
  expect(pages.flat()).toEqual(before);
  expect(model.names().names.length).toBeLessThan(before.length);
});

it('declares pages of an older snapshot stale', async () => {
  const { model, clock, groups } = await loaded({ groups: both() });
  const first = model.page({ query: all, pageSize: 1 });
  groups.set(A, ['rg-z']);
  await clock.advance(60);
  const second = model.page({ query: all, pageSize: 1, pageToken: first.next });
  expect(first.freshness.stale).toBe(false);
  expect(second.freshness).toMatchObject({ stale: true, ageSeconds: 60 });
});

it('follows a token with another page size', async () => {
  const { model } = await loaded({ groups: both() });
  const { next } = model.page({ query: all, pageSize: 1 });
  const { entries, next: last } = model.page({ query: all, pageSize: 500, pageToken: next });
  expect(entries.map(({ name }) => name)).toEqual(['rg-b', 'rg-c']);
  expect(last).toBeUndefined();
});

it('ends with a full page, not with an empty one', async () => {
  const { model } = await loaded({ groups: both() });
  expect(await walk(model, 3)).toEqual([['rg-a', 'rg-b', 'rg-c']]);
});

it('follows the token of another process that has the same key and the same groups', async () => {
  const { next } = (await loaded({ groups: both() })).model.page({ query: all, pageSize: 2 });
  const other = await loaded({ groups: both() });
  expect(other.model.page({ query: all, pageSize: 2, pageToken: next }).entries).toMatchObject([{ name: 'rg-c' }]);
});

it('gone: the token of a process with another key', async () => {
  const { inventory, clock, model } = await loaded({ groups: both() });
  const pageToken = modelOf(inventory, { clock, key: 'another key' }).page({ query: all, pageSize: 1 }).next;
  const begin = { kind: 'gone', message: expect.stringContaining('begin again without pageToken') };
  expect(() => model.page({ query: all, pageSize: 1, pageToken })).toThrow(expect.objectContaining(begin));
});

it('gone: the token of a snapshot that is kept no longer', async () => {
  const { model, clock, groups } = await loaded({ groups: both() });
  const pageToken = model.page({ query: all, pageSize: 1 }).next;
  groups.set(A, ['rg-z']);
  await clock.advance(899);
  expect(model.page({ query: { ...all }, pageSize: 3, pageToken }).entries).toHaveLength(2);
  await clock.advance(1);
  const page = () => model.page({ query: all, pageSize: 1, pageToken });
  expect(page).toThrow(expect.objectContaining({ kind: 'gone' }));
});

it('gone: the token of a snapshot that is kept, but past the stale limit', async () => {
  const { inventory, clock, groups } = await loaded({ groups: both() });
  const model = modelOf(inventory, { clock, staleLimitSeconds: 300 });
  const pageToken = model.page({ query: all, pageSize: 1 }).next;
  groups.set(A, ['rg-z']);
  await clock.advance(299);
  expect(model.page({ query: all, pageSize: 1, pageToken }).entries).toHaveLength(1);
  await clock.advance(10);
  const page = () => model.page({ query: all, pageSize: 1, pageToken });
  expect(page).toThrow(expect.objectContaining({ kind: 'gone' }));
});

it('follows the token of the current snapshot for ever', async () => {
  const { model, clock } = await loaded({ groups: both() });
  const pageToken = model.page({ query: all, pageSize: 1 }).next;
  await clock.advance(36_000);
  expect(model.page({ query: all, pageSize: 1, pageToken }).freshness).toMatchObject({ stale: false });
});

it.each([
  ['malformed', all, 'made-up'],
  ['other-query', { ...all, sort: '-name' } as const, undefined],
])('bad-request: a token that is %s', async (code, query, made) => {
  const { model } = await loaded({ groups: both() });
  const pageToken = made ?? model.page({ query: all, pageSize: 1 }).next;
  const told = { kind: 'bad-request', errors: [{ pointer: '?pageToken', code, detail: expect.any(String) }] };
  expect(() => model.page({ query, pageSize: 1, pageToken })).toThrow(expect.objectContaining(told));
});

it('tells for how long its age is true', async () => {
  const { model, clock } = await loaded({ groups: both() });
  await clock.advance(7.25);
  const { freshness, trueForMilliseconds } = model.names();
  expect({ age: freshness.ageSeconds, trueForMilliseconds }).toEqual({ age: 7, trueForMilliseconds: 750 });
});

it('leaves a subscription out that has become too old, and tells so; unavailable when nothing is left', async () => {
  const { model, clock, faults } = await loaded({ groups: both() }, 300);
  faults.set(B, failure('unavailable'));
  await clock.advance(301);
  expect(model.names()).toMatchObject({ names: ['rg-a', 'rg-c'], errors: [{ subscriptionId: B, served: false }] });
  expect(model.names().freshness.stale).toBe(true);
  faults.set(A, failure('throttled', 500));
  await clock.advance(400);
  expect(() => model.names()).toThrow(expect.objectContaining({ kind: 'unavailable' }));
});

it('unavailable until it is known which subscriptions there are', async () => {
  const list = () => Promise.reject(failure('forbidden'));
  const { model } = await loaded({ groups: both(), options: { subscriptions: { list } } });
  const told = { kind: 'unavailable', retryAfterSeconds: 60, message: expect.stringContaining('which subscriptions') };
  for (const ask of [() => model.names(), () => model.page({ query: all, pageSize: 1 }), () => model.subscriptions()])
    expect(ask).toThrow(expect.objectContaining(told));
});

it('makes its catalog once for as long as no groups change', async () => {
  const { model, clock } = await loaded({ groups: both() });
  const before = model.page({ query: all, pageSize: 9 }).entries[0];
  await clock.advance(180);
  expect(model.page({ query: all, pageSize: 9 }).entries[0]).toBe(before);
});
