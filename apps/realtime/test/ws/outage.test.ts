import { cableTo } from '@seaworthy/redis/test/cable';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { brokerAt } from '../redis/broker-at.ts';
import { startService } from '../service.ts';

describe.skipIf(!redisUrl)('while Redis is away', () => {
  it('clients stay, may join, are told, and hear everything again afterwards', async () => {
    const [redis, cable] = [realRedis(), await cableTo(redisUrl ?? '')];
    const { broker, lost } = brokerAt(`redis://127.0.0.1:${cable.port}`);
    const client = await (await startService({ broker })).open('before');
    await cable.pull();
    await lost;
    const joined = client.join('during');
    await cable.plug();
    await joined;
    await redis.publish('before', '1');
    await redis.publish('during', '2');
    expect(JSON.parse(String(await client.next()))).toMatchObject({ type: 'gap', channel: 'before', reason: 'redis' });
    expect([await client.next(), await client.next()]).toEqual(['1', '2']);
  });
});
