import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';

/** Where a real Redis is, if there is one (test/servers.ts). */
export const redisUrl = process.env['TEST_REDIS_URL'];

/** A client of the real Redis, to do and to ask what the code under test does not. */
export function realRedis(): Redis {
  const redis = new Redis(redisUrl ?? '');
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** A user of the real Redis that may do what the rules say and has the password `first`, until the test ends. */
export async function redisUser(...rules: string[]): Promise<{ redis: Redis; name: string }> {
  const redis = realRedis();
  const name = `test-${randomUUID()}`;
  await redis.acl('SETUSER', name, 'on', '>first', 'resetchannels', ...rules);
  onTestFinished(() => void redis.acl('DELUSER', name));
  return { redis, name };
}
