import { randomUUID } from 'node:crypto';
import type { ResourceGroupChange } from '@seaworthy/contracts/groupz';
import { expect, it } from 'vitest';
import type { ChangePublisher, PublishOutcome } from '../src/change-publisher.ts';
import { group } from './change-examples.ts';

/** A publisher under test, what listeners have received, and what it has told of the outcomes. */
export interface PublisherSubject {
  publisher: ChangePublisher;
  received: readonly ResourceGroupChange[];
  outcomes: Readonly<Record<PublishOutcome, number>>;
}

/** Changes that no other test publishes. */
export function freshChanges(count: number, prefix: string = randomUUID()): ResourceGroupChange[] {
  return Array.from({ length: count }, (_, number) => {
    const now = group(`${prefix}-${number}`, { tags: { owner: 'Zoë 🚢', 'a"b': '\\' } });
    return { type: 'changed', at: '2026-01-01T00:00:00.000Z', group: now, fields: ['tags'], previous: { tags: {} } };
  });
}

/** What every publisher promises; see the port. Listeners are to hear of groups whose names begin with the prefix. */
export function changePublisherContract(create: (prefix: string) => Promise<PublisherSubject>): void {
  async function begin(count: number) {
    const prefix = randomUUID();
    return { ...(await create(prefix)), changes: freshChanges(count, prefix) };
  }

  it('publishes each change whole, once and in order', async () => {
    const { publisher, received, outcomes, changes } = await begin(3);
    publisher.publish(changes.slice(0, 1));
    publisher.publish(changes.slice(1));
    await expect.poll(() => received.length).toBe(3);
    expect(received).toEqual(changes);
    expect(outcomes).toEqual({ published: 3, duplicate: 0, dropped: 0 });
  });

  it('publishes again what happens again', async () => {
    const { publisher, received, outcomes, changes } = await begin(2);
    publisher.publish(changes);
    publisher.publish(changes);
    await expect.poll(() => received.length).toBe(4);
    expect(received).toEqual([...changes, ...changes]);
    expect(outcomes).toEqual({ published: 4, duplicate: 0, dropped: 0 });
  });

  it('publishes thousands of changes in order', async () => {
    const { publisher, received, changes } = await begin(3210);
    publisher.publish(changes);
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(changes.length);
    expect(received.map((change) => change.group.name)).toEqual(changes.map((change) => change.group.name));
  });

  it('finishes what it was given before it closes', async () => {
    const { publisher, received, changes } = await begin(1000);
    publisher.publish(changes);
    await publisher.close();
    await expect.poll(() => received.length).toBe(1000);
  });

  it('publishes nothing after it is closed, and says so', async () => {
    const { publisher, received, outcomes, changes } = await begin(2);
    await publisher.close();
    publisher.publish(changes);
    await new Promise(setImmediate);
    expect(received).toEqual([]);
    expect(outcomes).toEqual({ published: 0, duplicate: 0, dropped: 2 });
  });

  it('closes twice', async () => {
    const { publisher } = await begin(0);
    await publisher.close();
    await expect(publisher.close()).resolves.toBeUndefined();
  });
}
