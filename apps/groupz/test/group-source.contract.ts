import type { ResourceGroup } from '@seaworthy/contracts/groupz';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GroupSource } from '../src/group-source.ts';
import { SourceFailure } from '../src/source-failure.ts';

/** A source in a world that the test can change. */
interface SourceWorld {
  source: GroupSource;
  /** A subscription with at least 11 groups, one of them `managed`. */
  full: string;
  managed: { name: string; managedBy: string };
  /** A subscription without groups, one that does not exist, and where there is such a thing one that may not be read. */
  empty: string;
  unknown: string;
  forbidden?: string;
  put(subscriptionId: string, group: Pick<ResourceGroup, 'name'> & Partial<ResourceGroup>): Promise<void>;
  remove(subscriptionId: string, name: string): Promise<void>;
  close(): Promise<void>;
}

const never = new AbortController().signal;

/** The groups of one subscription; throws the failure if that is what came of it. */
export async function groupsOf(source: GroupSource, id: string, signal = never): Promise<readonly ResourceGroup[]> {
  const found = (await source.list([id], signal)).subscriptions.get(id);
  if (found === undefined) throw new Error(`The reading does not tell of ${id}.`);
  if (found instanceof SourceFailure) throw found;
  return found;
}

/** What every GroupSource promises. */
export function keepsGroupSourceContract(open: () => Promise<SourceWorld>): void {
  let world: SourceWorld;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());
  const groups = (id: string) => groupsOf(world.source, id);
  const names = async (id: string) => (await groups(id)).map(({ name }) => name);

  it('lists every group once', async () => {
    const listed = await names(world.full);
    expect(listed.length).toBeGreaterThanOrEqual(11);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('lists nothing of an empty subscription', async () => {
    expect(await names(world.empty)).toEqual([]);
  });

  it('finds a subscription in any case, and tells of it as it was asked', async () => {
    const upper = world.full.toUpperCase();
    const { subscriptions } = await world.source.list([upper], never);
    expect([...subscriptions.keys()]).toEqual([upper]);
    expect(subscriptions.get(upper)).toEqual(await groups(world.full));
  });

  it('tells all fields of a group, always in the same order', async () => {
    const tags = { env: 'prod', 'Kosten:Stelle': 'Köln %41 🚢', empty: '' };
    await world.put(world.full, { name: 'rg-tagged', location: 'uksouth', tags });
    const group = (await groups(world.full)).find(({ name }) => name === 'rg-tagged');
    expect(group).toEqual({
      id: `/subscriptions/${world.full}/resourceGroups/rg-tagged`,
      name: 'rg-tagged',
      subscriptionId: world.full,
      location: 'uksouth',
      tags,
      managedBy: null,
      provisioningState: 'Succeeded',
    });
    const order = ['id', 'name', 'subscriptionId', 'location', 'tags', 'managedBy', 'provisioningState'];
    for (const each of await groups(world.full)) expect(Object.keys(each)).toEqual(order);
  });

  it('tells what manages a group', async () => {
    expect(await groups(world.full)).toContainEqual(expect.objectContaining(world.managed));
  });

  it.each(['Rg-Über.(weekly)_1', 'rg-100%41', 'rg-%s-船'])('keeps the case and the letters of %j', async (name) => {
    await world.put(world.full, { name });
    expect(await names(world.full)).toContain(name);
  });

  it('lists a group that was added, and no more when it is deleted', async () => {
    await world.put(world.empty, { name: 'rg-new' });
    expect(await names(world.empty)).toEqual(['rg-new']);
    await world.remove(world.empty, 'rg-new');
    expect(await names(world.empty)).toEqual([]);
  });

  it('tells of an unknown subscription as not-found', async () => {
    await expect(groups(world.unknown)).rejects.toMatchObject({ name: 'SourceFailure', reason: 'not-found' });
  });

  it('tells of every subscription of a reading, whatever comes of the others', async () => {
    const { full, empty, unknown, forbidden = unknown, source } = world;
    const asked = [...new Set([full, forbidden, unknown, empty])].slice(0, source.subscriptionsPerReading);
    const { subscriptions } = await source.list(asked, never);
    expect([...subscriptions.keys()]).toEqual(asked);
    const counts = asked.map((id) => {
      const found = subscriptions.get(id) ?? [];
      return 'reason' in found ? 'failure' : found.length > 0;
    });
    const expected = [...new Set([forbidden, unknown])].map((id) => [id, 'failure'] as const);
    const outcomes = new Map<string, string | boolean>([...expected, [full, true], [empty, false]]);
    expect(counts).toEqual(asked.map((id) => outcomes.get(id)));
  });

  it('tells what is left of the allowance as a share, if at all', async () => {
    const { allowanceLeft } = await world.source.list([world.full], never);
    if (allowanceLeft === undefined) return;
    expect(allowanceLeft).toBeGreaterThanOrEqual(0);
    expect(allowanceLeft).toBeLessThanOrEqual(1);
  });

  it('rejects when it is aborted already', async () => {
    await expect(world.source.list([world.full], AbortSignal.abort())).rejects.toThrow();
  });
}
