import pLimit from 'p-limit';
import { expect, it } from 'vitest';
import type { GroupSource } from '../src/group-source.ts';
import type { Subscription } from '../src/subscription-source.ts';
import type { Faults } from './faulty-source.ts';
import { crowd, groupOf } from './groups.ts';
import { A, B, C, refreshOptions } from './refresh-options.ts';
import { failure } from './scripted-source.ts';
import { startedInventory, type Told } from './started-inventory.ts';

const both = () =>
  new Map([
    [A, ['rg-a', 'rg-b']],
    [B, ['rg-c']],
  ]);

const nameless = { displayName: null, state: null };

/** The changes that were told, as type and name, and whether they were the first of a subscription. */
function changesIn(told: readonly Told[]): [string[], boolean][] {
  return told.flatMap((each) => {
    if (each[0] !== 'groupsChanged') return [];
    return [[each[1].map(({ type, group }) => `${type} ${group.name}`), each[2]] as [string[], boolean]];
  });
}

it('loads all subscriptions at once, in the background', async () => {
  const { clock, inventory } = startedInventory({ groups: both() });
  await clock.advance(0);
  const loaded = inventory.holdings.all().map(({ snapshot }) => snapshot?.groups.map(({ name }) => name));
  expect(loaded).toEqual([['rg-a', 'rg-b'], ['rg-c']]);
});

it('tells of the groups of a new subscription as first, and later of what changed, with the time of the reading', async () => {
  const { clock, groups, told } = startedInventory({ groups: both() });
  await clock.advance(0);
  groups.set(A, ['rg-b', 'rg-new']);
  await clock.advance(60);
  expect(changesIn(told)).toEqual([
    [['added rg-a', 'added rg-b'], true],
    [['added rg-c'], true],
    [['removed rg-a', 'added rg-new'], false],
  ]);
  expect(told.at(-3)?.[1]).toMatchObject([{ at: '2026-01-01T00:01:00.000Z' }, {}]);
});

it('tells of changes before it tells of their reading, so that who hears of a reading knows them', async () => {
  const { clock, told } = startedInventory({ groups: new Map([[A, ['rg-a']]]) });
  await clock.advance(0);
  expect(told.map(([event]) => event)).toEqual(['discovered', 'groupsChanged', 'subscriptionRead']);
});

it('keeps the very same array while nothing changes, and tells of no changes', async () => {
  const { clock, inventory, told } = startedInventory({ groups: both() });
  await clock.advance(0);
  const before = inventory.holdings.get(A)?.snapshot;
  await clock.advance(60);
  const after = inventory.holdings.get(A)?.snapshot;
  expect(after?.groups).toBe(before?.groups);
  expect([before?.asOf, after?.asOf]).toEqual([0, 60_000]);
  expect(changesIn(told)).toHaveLength(2);
});

it('keeps the last good snapshot while readings fail, and recovers', async () => {
  const { clock, inventory, groups, faults } = startedInventory({ groups: both() });
  await clock.advance(0);
  faults.set(A, failure('unavailable'));
  groups.set(A, ['rg-z']);
  await clock.advance(61);
  expect(inventory.holdings.get(A)).toMatchObject({ failure: { reason: 'unavailable' }, snapshot: { asOf: 0 } });
  faults.clear();
  await clock.advance(60);
  expect(inventory.holdings.get(A)).not.toHaveProperty('failure');
  expect(inventory.holdings.get(A)?.snapshot?.groups).toMatchObject([{ name: 'rg-z' }]);
});

it('reads the others on while one subscription has to wait', async () => {
  const { clock, faults, source } = startedInventory({ groups: both() });
  await clock.advance(0);
  faults.set(A, failure('throttled', 600));
  await clock.advance(660);
  expect(source.calls.filter(([id]) => id === A)).toHaveLength(2);
  expect(source.calls.filter(([id]) => id === B)).toHaveLength(12);
});

it('is ready after the first good load of one subscription, and says why not before', async () => {
  const faults: Faults = new Map([[A, failure('forbidden')]]);
  faults.set(B, 'hangs');
  const { clock, inventory } = startedInventory({ groups: both(), faults });
  await expect(inventory.check()).rejects.toThrow('discovery (found none yet)');
  await clock.advance(0);
  await expect(inventory.check()).rejects.toThrow(`${A} (forbidden), ${B} (first reading)`);
  faults.delete(A);
  await clock.advance(1);
  await expect(inventory.check()).resolves.toBeUndefined();
});

it('stays ready when Azure is gone later', async () => {
  const { clock, inventory, faults } = startedInventory({ groups: both() });
  await clock.advance(0);
  for (const id of [A, B]) faults.set(id, failure('unavailable'));
  await clock.advance(3600);
  await expect(inventory.check()).resolves.toBeUndefined();
});

it('stops all readings when it is closed, also those that queue', async () => {
  const faults = new Map([...crowd(5, 0).keys()].map((id) => [id, 'hangs' as const]));
  const { clock, inventory, source, told } = startedInventory({
    groups: crowd(5, 1),
    faults,
    options: { limit: pLimit(2) },
  });
  await clock.advance(1);
  await inventory.close();
  await clock.advance(3600);
  expect(source).toMatchObject({ open: 0, mostOpen: 2 });
  expect(source.calls).toHaveLength(2);
  expect(told.map(([event]) => event)).toEqual(['discovered']);
});

it('runs only so many readings at a time, and all in the end', async () => {
  const { clock, inventory, source } = startedInventory({ groups: crowd(20, 3), options: { limit: pLimit(4) } });
  await clock.advance(0);
  expect(source.mostOpen).toBe(4);
  expect(inventory.holdings.all().every(({ snapshot }) => snapshot?.groups.length === 3)).toBe(true);
});

it('closes at once while discovery waits for its turn behind readings', async () => {
  const faults = new Map([...crowd(2, 0).keys()].map((id) => [id, 'hangs' as const]));
  const { clock, inventory } = startedInventory({
    groups: crowd(2, 1),
    faults,
    options: { limit: pLimit(2), discoverySeconds: 1 },
  });
  await clock.advance(5);
  await inventory.close();
  expect(clock.sleeping()).toBe(0);
});

/** An inventory whose subscriptions are discovered anew every 300 seconds. */
function discovering(found: { ids: readonly string[]; fails?: boolean }, perReading = 1) {
  const list = async (): Promise<readonly Subscription[]> => {
    if (found.fails) throw failure('forbidden');
    return found.ids.map((subscriptionId) => ({
      subscriptionId,
      displayName: `Name of ${subscriptionId}`,
      state: null,
    }));
  };
  return startedInventory({
    groups: new Map([...both(), [C, ['rg-d']]]),
    perReading,
    options: { subscriptions: { list } },
  });
}

it('reads a subscription that is discovered later, and knows its name', async () => {
  const found = { ids: [B] };
  const { clock, inventory } = discovering(found);
  await clock.advance(0);
  found.ids = [B, A];
  await clock.advance(300);
  expect(inventory.holdings.all().map(({ subscription }) => subscription.displayName)).toEqual([
    `Name of ${A}`,
    `Name of ${B}`,
  ]);
  expect(inventory.holdings.get(A)?.snapshot?.groups).toHaveLength(2);
});

it('tells that the groups of a subscription that is gone are removed, and reads it no more', async () => {
  const found = { ids: [A, B] };
  const { clock, inventory, source, told } = discovering(found);
  await clock.advance(299);
  found.ids = [B];
  await clock.advance(1);
  const calls = source.calls.filter(([id]) => id === A).length;
  await clock.advance(600);
  expect(changesIn(told).at(-1)).toEqual([['removed rg-a', 'removed rg-b'], false]);
  expect(told).toContainEqual(['subscriptionGone', A]);
  expect(inventory.holdings.get(A)).toBeUndefined();
  expect(source.calls.filter(([id]) => id === A)).toHaveLength(calls);
});

it('keeps the subscriptions that it knows while discovery fails, and reads them on', async () => {
  const found: { ids: string[]; fails?: boolean } = { ids: [A] };
  const { clock, inventory, told } = discovering(found);
  await clock.advance(0);
  found.fails = true;
  await clock.advance(360);
  expect(told).toContainEqual(['discovered', expect.objectContaining({ failure: expect.anything() })]);
  expect(inventory.holdings.get(A)?.snapshot?.asOf).toBe(360_000);
});

it('says why it is not ready when it cannot discover subscriptions', async () => {
  const { clock, inventory } = discovering({ ids: [A], fails: true });
  await clock.advance(0);
  await expect(inventory.check()).rejects.toThrow('no subscription is loaded yet: discovery (forbidden)');
});

it('loads those that could be read of several in one reading, and tells why of the others', async () => {
  const { clock, faults, inventory, source } = discovering({ ids: [A, B, C] }, 1000);
  faults.set(B, failure('forbidden'));
  await clock.advance(0);
  expect(source.calls).toEqual([[A, B, C]]);
  const states = inventory.holdings.all().map(({ snapshot, failure: why }) => snapshot?.groups.length ?? why?.reason);
  expect(states).toEqual([2, 'forbidden', 1]);
});

it('forgets what it reads of a subscription that is gone by then', async () => {
  const list = async () => [B, ...(clock.now() < 10_000 ? [A] : [])].map((id) => ({ ...nameless, subscriptionId: id }));
  const { clock, inventory, faults, told } = startedInventory({
    groups: both(),
    perReading: 2,
    options: { subscriptions: { list }, discoverySeconds: 10 },
  });
  faults.set(A, 'hangs');
  await clock.advance(30);
  expect(inventory.holdings.all()).toMatchObject([
    { subscription: { subscriptionId: B }, failure: { reason: 'timeout' } },
  ]);
  expect(told.filter(([event]) => event === 'subscriptionRead')).toHaveLength(1);
});

it('dates a snapshot, and what changed in it, by the begin of the reading', async () => {
  const { clock } = refreshOptions();
  const slow: GroupSource = {
    name: 'arm',
    subscriptionsPerReading: 1,
    async list(ids, signal) {
      await clock.sleep(5000, signal);
      return { subscriptions: new Map(ids.map((id) => [id, [groupOf('rg-a', id)]])) };
    },
  };
  const { inventory, told } = startedInventory({ groups: new Map([[A, []]]), options: { source: slow, clock } });
  await clock.advance(5);
  const begin = new Date('2026-01-01T00:00:00Z');
  expect(inventory.holdings.get(A)?.snapshot).toMatchObject({ asOf: 0, date: begin });
  expect(told[1]?.[1]).toMatchObject([{ at: begin.toISOString() }]);
});

it('tells as news what a subscription holds that comes later, or comes back', async () => {
  const found = { ids: [B] };
  const { clock, told } = discovering(found);
  for (const ids of [[B], [B, C], [B], [B, C]]) {
    found.ids = ids;
    await clock.advance(300);
  }
  expect(changesIn(told)).toEqual([
    [['added rg-c'], true],
    [['added rg-d'], false],
    [['removed rg-d'], false],
    [['added rg-d'], false],
  ]);
});

it('stays ready when no subscription is left', async () => {
  const found: { ids: string[] } = { ids: [A] };
  const { clock, inventory } = discovering(found);
  await clock.advance(0);
  found.ids = [];
  await clock.advance(300);
  await expect(inventory.check()).resolves.toBeUndefined();
});
