import { randomUUID } from 'node:crypto';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { claimKey } from '../../src/redis/claim.ts';
import { changePublisherContract, freshChanges } from '../change-publisher.contract.ts';
import { connectedPublisher, listener, publisherAt } from './publisher-at.ts';

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

  it('publishes what happens again as often as it happens, whoever sees it first', async () => {
    const prefix = randomUUID();
    const received = await listener(prefix);
    const [one, other] = [await connectedPublisher(), await connectedPublisher()];
    const [added, removed] = [freshChanges(1, `${prefix}a`), freshChanges(1, `${prefix}r`)];
    one.publisher.publish(added);
    await expect.poll(() => one.outcomes.published).toBe(1);
    other.publisher.publish(removed);
    await expect.poll(() => other.outcomes.published).toBe(1);
    for (const step of [removed, added, removed]) one.publisher.publish(step);
    for (const step of [added, added, removed]) other.publisher.publish(step);
    await expect
      .poll(() => [one.outcomes, other.outcomes])
      .toEqual(Array(2).fill({ published: 2, duplicate: 2, dropped: 0 }));
    await expect.poll(() => received.length).toBe(4);
    expect(received.filter((change) => change.group.name.startsWith(`${prefix}a`))).toEqual([...added, ...added]);
  });

  it('holds a claim for as long after its last use as after its first, and leaves that of another alone', async () => {
    const [one, other] = [await connectedPublisher(), await connectedPublisher()];
    const [redis, changes] = [realRedis(), freshChanges(1)];
    const keys = changes.map(claimKey);
    one.publisher.publish(changes);
    await expect.poll(() => one.outcomes.published).toBe(1);
    for (const key of keys) await redis.expire(key, 30);
    other.publisher.publish(changes);
    await expect.poll(() => other.outcomes.duplicate).toBe(1);
    expect(await redis.ttl(keys.join())).toBeLessThanOrEqual(30);
    one.publisher.publish(changes);
    await expect.poll(() => one.outcomes.published).toBe(2);
    expect(await redis.ttl(keys.join())).toBeGreaterThan(30);
  });

  it('lets another replica publish a change that it sees long afterwards', async () => {
    const changes = freshChanges(1);
    const [one, other] = [await connectedPublisher(redisUrl, 0.2), await connectedPublisher()];
    one.publisher.publish(changes);
    await expect.poll(() => one.outcomes.published).toBe(1);
    const [redis, key] = [realRedis(), changes.map(claimKey).join()];
    expect(await redis.ttl(key)).toBeLessThanOrEqual(1);
    await expect.poll(() => redis.exists(key), { timeout: 5000 }).toBe(0);
    other.publisher.publish(changes);
    await expect.poll(() => other.outcomes.published).toBe(1);
  });

  it('is told apart in the list of clients', async () => {
    await connectedPublisher();
    expect(await realRedis().client('LIST')).toContain('name=seaworthy-groupz');
  });
});

it('throws for a URL that is none, without showing it', () => {
  expect(() => publisherAt('http://:hunter2@redis')).toThrow(/^is not a redis:\/\/ or rediss:\/\/ URL/);
});
