import { randomUUID } from 'node:crypto';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { brokerAt } from '../redis/broker-at.ts';
import { startService } from '../service.ts';

const run = randomUUID();
const [a, b, c, last] = [`${run}0`, `${run}1`, `${run}2`, `${run}3`];

/** Joins and leaves three channels in a wild order, without waiting for answers. */
const wild = Array.from({ length: 200 }, (_, at) => ({
  type: (at * 7) % 5 < 3 ? 'join' : 'leave',
  channel: `c${at % 3}`,
}));

describe.skipIf(!redisUrl)('after joins and leaves in any order', () => {
  it('exactly the channels are subscribed that somebody is in', async () => {
    const redis = realRedis();
    const { open, clock } = await startService({ broker: brokerAt().broker });
    const client = await open();
    for (const frame of wild) client.send(JSON.stringify(frame));
    await Promise.all([client.join(a), client.leave(b), client.join(c)]);
    clock.pass(12_000);
    await client.join(last);
    expect(await redis.pubsub('NUMSUB', a, b, c, last)).toEqual([a, 1, b, 0, c, 1, last, 1]);
  });
});
