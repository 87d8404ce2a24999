import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Subscription, SubscriptionSource } from '../src/subscription-source.ts';

interface SubscriptionWorld {
  source: SubscriptionSource;
  /** What there is, whatever the order. */
  expected: Subscription[];
  close(): Promise<void>;
}

/** What every SubscriptionSource promises. */
export function keepsSubscriptionSourceContract(open: () => Promise<SubscriptionWorld>): void {
  let world: SubscriptionWorld;
  beforeAll(async () => {
    world = await open();
  });
  afterAll(() => world.close());
  const list = () => world.source.list(new AbortController().signal);
  const byId = (a: Subscription, b: Subscription) => a.subscriptionId.localeCompare(b.subscriptionId);

  it('lists every subscription once, with its id in lower case', async () => {
    expect((await list()).toSorted(byId)).toEqual(world.expected.toSorted(byId));
    for (const { subscriptionId } of await list()) expect(subscriptionId).toBe(subscriptionId.toLowerCase());
  });

  it('answers the same again', async () => {
    expect((await list()).toSorted(byId)).toEqual((await list()).toSorted(byId));
  });
}
