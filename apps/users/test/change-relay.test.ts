import { setImmediate as turn } from 'node:timers/promises';
import { createLog } from '@seaworthy/chassis/log';
import type { UserChange } from '@seaworthy/contracts/users';
import { describe, expect, it } from 'vitest';
import { ChangeRelay } from '../src/change-relay.ts';
import { memoryOutbox } from '../src/memory/memory-outbox.ts';
import { handPause } from './hand-pause.ts';

const userId = '01a20914-6052-781f-bb60-1502d2b64a65';

function change(version: number): UserChange {
  return { id: `${userId}:${version}`, type: 'changed', userId, version, at: '2026-11-24T00:00:00.000Z' };
}

/** Lets what is under way come to its end: nothing here takes longer than a few turns. */
async function soon(): Promise<void> {
  for (const _ of Array.from({ length: 10 })) await turn();
}

/** A relay whose pauses a test ends, whose outbox it fills, and whose publisher it can send away. */
function relayed(...changes: UserChange[]) {
  const lines: string[] = [];
  const world = { isAway: false, told: [] as number[], batches: [] as number[], waiting: [] as unknown[], failed: 0 };
  const { pause, pauses, end } = handPause();
  const outbox = memoryOutbox(changes);
  const relay = new ChangeRelay({
    outbox,
    publisher: {
      async publish(batch) {
        await turn(); // as a network takes its time
        if (world.isAway) throw new Error('redis is away');
        world.told.push(...batch.map(({ version }) => version));
        world.batches.push(batch.length);
      },
    },
    observer: {
      told: () => undefined,
      failed: () => (world.failed += 1),
      waiting: (since) => world.waiting.push(since),
    },
    log: createLog({ name: 'users', level: 'info', destination: { write: (line) => void lines.push(line) } }),
    pause,
    random: () => 0.5,
  });
  return { relay, outbox, world, lines, pauses, end };
}

describe('the relay of changes', () => {
  it('tells what was left behind, in order, as it starts', async () => {
    const { relay, world, outbox } = relayed(change(1), change(2));
    await soon();
    expect(world.told).toEqual([1, 2]);
    expect(outbox.changes).toEqual([]);
    await relay.close();
  });

  it('tells what is written, together with what follows at once', async () => {
    const { relay, outbox, world, pauses, end } = relayed();
    await soon();
    for (const version of [1, 2, 3]) {
      outbox.changes.push(change(version));
      relay.written();
      await soon();
    }
    await end();
    await soon();
    expect(world.batches).toEqual([3]);
    expect(pauses).toEqual([1000, 20, 1000]);
    await relay.close();
  });

  it('looks every second for what others have left behind', async () => {
    const { relay, outbox, world, pauses, end } = relayed();
    await soon();
    outbox.changes.push(change(1));
    await end();
    await soon();
    expect(world.told).toEqual([1]);
    expect(pauses).toEqual([1000, 1000]);
    await relay.close();
  });

  it('looks again soon for what was written while another process was at it', async () => {
    const { relay, outbox, world, pauses, end } = relayed();
    await soon();
    relay.written();
    await soon();
    await end();
    await soon();
    expect(pauses).toEqual([1000, 20, 100]);
    outbox.changes.push(change(1));
    await end();
    await soon();
    expect(world.told).toEqual([1]);
    await relay.close();
  });

  it('tells much in batches, without a pause', async () => {
    const { relay, world, pauses } = relayed(...Array.from({ length: 1001 }, (_, index) => change(index + 1)));
    await soon();
    expect(world.batches).toEqual([500, 500, 1]);
    expect(pauses).toHaveLength(1);
    await relay.close();
  });

  it('misses nothing that is written while it tells', async () => {
    const { relay, outbox, world, pauses, end } = relayed(change(1));
    outbox.changes.push(change(2));
    relay.written();
    await soon();
    await end();
    await soon();
    expect(world.told).toEqual([1, 2]);
    expect(pauses).toEqual([1000, 20, 1000]);
    await relay.close();
  });
});

describe('the relay of changes, while nobody takes them', () => {
  it('keeps them, tries ever less often, and says so once', async () => {
    const { relay, world, lines, pauses, end } = relayed(change(1));
    world.isAway = true;
    await soon();
    for (const _ of Array.from({ length: 7 })) await end().then(soon);
    expect(pauses).toEqual([375, 750, 1500, 3000, 3750, 3750, 3750, 3750]);
    expect(lines.filter((line) => line.includes('cannot be told'))).toHaveLength(1);
    expect(world.waiting.at(-1)).toBe('2026-11-24T00:00:00.000Z');
    expect(world.failed).toBe(8);
    world.isAway = false;
    await end();
    await soon();
    expect(world.told).toEqual([1]);
    expect(world.waiting.at(-1)).toBeUndefined();
    expect(lines.at(-1)).toContain('told again');
    await relay.close();
  });

  it('is not hurried by what is written', async () => {
    const { relay, world, pauses } = relayed(change(1));
    world.isAway = true;
    await soon();
    relay.written();
    await soon();
    expect(pauses).toEqual([375]);
    await relay.close();
  });
});

describe('closing the relay of changes', () => {
  it('tells what is there', async () => {
    const { relay, outbox, world } = relayed();
    await soon();
    outbox.changes.push(change(1));
    await relay.close();
    expect(world.told).toEqual([1]);
  });

  it('leaves in the outbox what nobody takes', async () => {
    const { relay, outbox, world } = relayed(change(1));
    world.isAway = true;
    await relay.close();
    expect(outbox.changes).toHaveLength(1);
  });
});
