import { randomUUID } from 'node:crypto';
import { cableTo } from '@seaworthy/redis/test/cable';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { passing } from '../channels.ts';
import { brokerAt } from './broker-at.ts';

/** A broker whose connection can be broken, on a channel of its own, and what it has heard. */
async function fragile() {
  const cable = await cableTo(redisUrl ?? '');
  const { broker, lost } = brokerAt(`redis://127.0.0.1:${cable.port}`);
  const channel = randomUUID();
  const first = Promise.withResolvers<string>();
  broker.receive({
    message: (_channel, payload) => first.resolve(payload.toString()),
    settled: () => undefined,
    resumed: () => undefined,
  });
  return { redis: realRedis(), cable, broker, lost, channel, first: first.promise };
}

describe.skipIf(!redisUrl)('while Redis is away', () => {
  it('hears all its channels again afterwards', async () => {
    const { redis, cable, broker, lost, channel, first } = await fragile();
    await broker.subscribe(passing(channel));
    await cable.pull();
    await lost;
    await cable.plug();
    await broker.subscribe(passing(channel));
    await redis.publish(channel, 'again');
    expect(await first).toBe('again');
  });

  it('serves a subscription when it comes back', async () => {
    const { redis, cable, broker, channel, first } = await fragile();
    await cable.pull();
    const subscribed = broker.subscribe(passing(channel));
    await cable.plug();
    await subscribed;
    await redis.publish(channel, 'at last');
    expect(await first).toBe('at last');
  });

  it('forgets what was given up meanwhile', async () => {
    const { redis, cable, broker, channel } = await fragile();
    await broker.subscribe(passing(channel));
    await cable.pull();
    broker.unsubscribe(passing(channel));
    await cable.plug();
    await broker.subscribe(passing(randomUUID()));
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
  });

  it('waits anew for a channel that was confirmed before', async () => {
    const { redis, cable, broker, lost, channel } = await fragile();
    await broker.subscribe(passing(channel));
    await cable.pull();
    await lost;
    await expect(broker.check()).rejects.toThrow('not connected');
    const again = broker.subscribe(passing(channel));
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
    await cable.plug();
    await again;
    expect(await redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
  });
});
