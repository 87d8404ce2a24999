import { randomUUID } from 'node:crypto';
import { cableTo } from '@seaworthy/redis/test/cable';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { passing } from '../channels.ts';
import { brokerAt } from './broker-at.ts';

const nowhere = 'redis://127.0.0.1:1';

it('ends while the first connection is made', async () => {
  const { broker } = brokerAt(nowhere);
  await expect(broker.close()).resolves.toBeUndefined();
});

it('ends between two attempts to connect', async () => {
  const { broker, failed } = brokerAt(nowhere);
  await failed;
  await new Promise(setImmediate);
  await expect(broker.close()).resolves.toBeUndefined();
});

it('ends twice', async () => {
  const { broker } = brokerAt(nowhere);
  await broker.close();
  await expect(broker.close()).resolves.toBeUndefined();
});

describe.skipIf(!redisUrl)('on a real Redis', () => {
  it('leaves nothing subscribed, and never connects again', async () => {
    const redis = realRedis();
    const cable = await cableTo(redisUrl ?? '');
    const { broker } = brokerAt(`redis://127.0.0.1:${cable.port}`);
    const channel = randomUUID();
    await broker.subscribe(passing(channel));
    await broker.close();
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
    await expect(broker.check()).rejects.toThrow('not connected');
  });
});
