import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GroupSource } from '../src/group-source.ts';

/** A source in a world that the test can change. `full` has at least 11 groups, `empty` none; `unknown` is nowhere. */
interface SourceWorld {
  source: GroupSource;
  full: string;
  empty: string;
  unknown: string;
  put(subscriptionId: string, name: string): Promise<void>;
  remove(subscriptionId: string, name: string): Promise<void>;
  close(): Promise<void>;
}

/** What every GroupSource promises. */
export function keepsGroupSourceContract(open: () => Promise<SourceWorld>): void {
  let world: SourceWorld;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());
  const names = async (id: string) => {
    const groups = await world.source.list(id, new AbortController().signal);
    return groups.map(({ name }) => name);
  };

  it('lists every group once', async () => {
    const listed = await names(world.full);
    expect(listed.length).toBeGreaterThanOrEqual(11);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('lists nothing of an empty subscription', async () => {
    expect(await names(world.empty)).toEqual([]);
  });

  it('finds a subscription in any case', async () => {
    expect(await names(world.full.toUpperCase())).toEqual(await names(world.full));
  });

  it('keeps the case and the letters of names', async () => {
    await world.put(world.full, 'Rg-Über.(weekly)_1');
    expect(await names(world.full)).toContain('Rg-Über.(weekly)_1');
  });

  it('lists a group that was added, and no more when it is deleted', async () => {
    await world.put(world.empty, 'rg-new');
    expect(await names(world.empty)).toEqual(['rg-new']);
    await world.remove(world.empty, 'rg-new');
    expect(await names(world.empty)).toEqual([]);
  });

  it('rejects as not-found for an unknown subscription', async () => {
    await expect(names(world.unknown)).rejects.toMatchObject({ name: 'SourceFailure', reason: 'not-found' });
  });

  it('rejects when it is aborted already', async () => {
    await expect(world.source.list(world.full, AbortSignal.abort())).rejects.toThrow();
  });
}
