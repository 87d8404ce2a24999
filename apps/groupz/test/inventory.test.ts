import { expect, it } from 'vitest';
import type { GroupSource } from '../src/group-source.ts';
import { compareNames, startInventory } from '../src/inventory.ts';
import { memorySource } from '../src/memory/memory-source.ts';
import { A, B, refreshOptions } from './refresh-options.ts';
import { failure } from './scripted-source.ts';

function start(groups: Map<string, string[]>, wrap: (source: GroupSource) => GroupSource = (source) => source) {
  const options = refreshOptions();
  const source = wrap(memorySource(groups));
  return { ...options, inventory: startInventory({ ...options, source, subscriptionIds: [A, B] }) };
}

const both = () =>
  new Map([
    [A, ['rg-data', 'RG-AKS']],
    [B, ['rg-aks', 'MC_x', 'rg-data']],
  ]);

it('lists the names of all subscriptions in order, keeping doubles', async () => {
  const { clock, inventory } = start(both());
  await clock.advance(0);
  expect(inventory.listNames().names).toEqual(['MC_x', 'RG-AKS', 'rg-aks', 'rg-data', 'rg-data']);
});

it('lists nothing when there is nothing', async () => {
  const { clock, inventory } = start(
    new Map([
      [A, []],
      [B, []],
    ]),
  );
  await clock.advance(0);
  expect(inventory.listNames().names).toEqual([]);
});

it('lists what changed after the next pass', async () => {
  const groups = both();
  const { clock, inventory } = start(groups);
  await clock.advance(1);
  groups.set(A, ['rg-new']);
  expect(inventory.listNames().names).not.toContain('rg-new');
  await clock.advance(60);
  expect(inventory.listNames().names).toEqual(['MC_x', 'rg-aks', 'rg-data', 'rg-new']);
});

it('tells the age of the oldest part', async () => {
  let broken = false;
  const { clock, inventory } = start(both(), (source) => ({
    list: (id, signal) => (broken && id === A ? Promise.reject(failure('forbidden')) : source.list(id, signal)),
  }));
  await clock.advance(0);
  broken = true;
  await clock.advance(90);
  expect(inventory.listNames()).toMatchObject({ ageSeconds: 90, names: expect.arrayContaining(['RG-AKS']) });
});

it('unavailable, naming the subscription, until every subscription is loaded', async () => {
  const groups = new Map([[A, ['rg-a']]]);
  const { clock, inventory } = start(groups);
  await clock.advance(0);
  expect(() => inventory.listNames()).toThrow(
    expect.objectContaining({ kind: 'unavailable', retryAfterSeconds: 1, message: expect.stringContaining(B) }),
  );
  groups.set(B, []);
  await clock.advance(1);
  expect(inventory.listNames().names).toEqual(['rg-a']);
});

it('is not ready before, saying why, and ready after', async () => {
  const groups = new Map([[A, ['rg-a']]]);
  const { clock, inventory } = start(groups);
  await expect(inventory.check()).rejects.toThrow('(first pass)');
  await clock.advance(0);
  await expect(inventory.check()).rejects.toThrow(`not loaded yet: ${B} (not-found)`);
  groups.set(B, []);
  await clock.advance(1);
  await expect(inventory.check()).resolves.toBeUndefined();
});

it('stays ready when Azure is gone later', async () => {
  const groups = both();
  const { clock, inventory } = start(groups);
  await clock.advance(0);
  groups.clear();
  await clock.advance(3600);
  await expect(inventory.check()).resolves.toBeUndefined();
  expect(inventory.listNames().names).toHaveLength(5);
});

it('stops all subscriptions when it is closed', async () => {
  const { clock, inventory, passes } = start(both());
  await clock.advance(0);
  await inventory.close();
  await clock.advance(3600);
  expect(passes).toHaveLength(2);
});

it('orders without regard to case, then by code unit, the same in every locale', () => {
  const names = ['b', 'a', 'B', 'ä', 'a-1', 'a_1', 'A', 'a1', 'rg.(x)'];
  expect(names.sort(compareNames)).toEqual(['A', 'a', 'a-1', 'a1', 'a_1', 'B', 'b', 'rg.(x)', 'ä']);
});
