import { randomUUID } from 'node:crypto';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { brokerContract } from '../broker.contract.ts';
import { passing } from '../channels.ts';
import { storedContract } from '../stored.contract.ts';
import { brokerAt } from './broker-at.ts';

describe.skipIf(!redisUrl)('on a real Redis', () => {
  brokerContract(async () => {
    const redis = realRedis();
    return { broker: brokerAt().broker, publish: (channel, payload) => redis.publish(channel, payload) };
  });

  storedContract(async () => brokerAt().connected());

  it('subscribes once for all, and not by a pattern', async () => {
    const redis = realRedis();
    const { broker } = brokerAt();
    const channel = randomUUID();
    await Promise.all([broker.subscribe(passing(channel)), broker.subscribe(passing(channel))]);
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
    expect(await redis.pubsub('NUMPAT')).toBe(0);
  });

  it('unsubscribes from what nobody wants any more', async () => {
    const redis = realRedis();
    const { broker } = brokerAt();
    const channel = randomUUID();
    await broker.subscribe(passing(channel));
    broker.unsubscribe(passing(channel));
    await broker.subscribe(passing(randomUUID()));
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
  });

  it('is ready while Redis answers', async () => {
    const { broker } = brokerAt();
    await broker.subscribe(passing(randomUUID()));
    await expect(broker.check()).resolves.toBeUndefined();
  });
});
