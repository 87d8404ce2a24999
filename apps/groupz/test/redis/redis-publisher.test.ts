import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimKey } from '../../src/redis/claim.ts';
import { changePublisherContract, freshChanges } from '../change-publisher.contract.ts';
import { connectedPublisher, listener, publisherAt, realRedis, redisUrl } from './publisher-at.ts';

describe.skipIf(!redisUrl)('on a real Redis', () => {
  changePublisherContract(async (prefix) => {
    const received = await listener(prefix);
    return { received, ...(await connectedPublisher()) };
  });

  it('publishes once what several replicas have seen', async () => {
    const prefix = randomUUID();
    const received = await listener(prefix);
    const [one, other] = [await connectedPublisher(), await connectedPublisher()];
    const changes = freshChanges(1200, prefix);
    one.publisher.publish(changes);
    other.publisher.publish(changes);
    await expect.poll(() => one.outcomes.published + other.outcomes.published).toBe(1200);
    expect(one.outcomes.duplicate + other.outcomes.duplicate).toBe(1200);
    await expect.poll(() => received.length).toBe(1200);
    expect(new Set(received.map((change) => change.group.name)).size).toBe(1200);
  });

  it('publishes the same change again, when it is seen long afterwards', async () => {
    const prefix = randomUUID();
    const received = await listener(prefix);
    const { publisher, outcomes } = await connectedPublisher(redisUrl, 0.2);
    const [change] = freshChanges(1, prefix);
    publisher.publish(change ? [change] : []);
    await expect.poll(() => received.length).toBe(1);
    const redis = realRedis();
    expect(await redis.ttl(claimKey(change as NonNullable<typeof change>))).toBe(1);
    await expect.poll(() => redis.exists(claimKey(change as NonNullable<typeof change>)), { timeout: 5000 }).toBe(0);
    publisher.publish(change ? [change] : []);
    await expect.poll(() => received.length).toBe(2);
    expect(outcomes).toEqual({ published: 2, duplicate: 0, dropped: 0 });
  });

  it('is told apart in the list of clients', async () => {
    await connectedPublisher();
    expect(await realRedis().client('LIST')).toContain('name=seaworthy-groupz');
  });
});

it('throws for a URL that is none, without showing it', () => {
  expect(() => publisherAt('http://:hunter2@redis')).toThrow(/^is not a redis:\/\/ or rediss:\/\/ URL/);
});
