import { expect, it, onTestFinished } from 'vitest';
import { addressOfUrl } from '../src/address.ts';
import { connect } from '../src/connection.ts';
import { cableTo } from './cable.ts';
import { realRedis, redisUrl, redisUser } from './real-redis.ts';

/** A connection that ends with the test, and how often it was ready and why it failed. */
function connectionTo(url: () => string) {
  const redis = connect(() => addressOfUrl(url()), 'test');
  const seen = { ready: 0, errors: [] as string[] };
  redis.on('ready', () => (seen.ready += 1)).on('error', (error: Error) => seen.errors.push(error.message));
  onTestFinished(() => redis.disconnect());
  return { redis, seen };
}

it('throws for a URL that is none, without showing it', () => {
  expect(() => connectionTo(() => 'http://:hunter2@redis')).toThrow(/^is not a redis:\/\/ or rediss:\/\/ URL/);
});

it('queues nothing while there is no connection', async () => {
  const { redis } = connectionTo(() => 'redis://127.0.0.1:1');
  await expect(redis.get('key')).rejects.toThrow();
});

it.skipIf(!redisUrl)('follows a password that is rotated, past a URL that is broken', async () => {
  const { redis: admin, name } = await redisUser('+@all');
  const cable = await cableTo(redisUrl ?? '');
  const at = (password: string) => `redis://${name}:${password}@127.0.0.1:${cable.port}`;
  let url = at('first');
  const { redis, seen } = connectionTo(() => url);
  await expect.poll(() => seen.ready).toBe(1);
  await admin.acl('SETUSER', name, 'resetpass', '>p@ss%word');
  url = 'redis://broken:0';
  await cable.pull();
  await cable.plug();
  await expect.poll(() => seen.errors.join()).toContain('WRONGPASS'); // the last good URL is still in force
  url = at(encodeURIComponent('p@ss%word'));
  await expect.poll(() => redis.status === 'ready' && redis.acl('WHOAMI'), { timeout: 15_000 }).toBe(name);
});

it.skipIf(!redisUrl)('repeats no command and no subscription on its next connection', async () => {
  const [admin, cable] = [realRedis(), await cableTo(redisUrl ?? '')];
  const { redis, seen } = connectionTo(() => `redis://127.0.0.1:${cable.port}`);
  await expect.poll(() => seen.ready).toBe(1);
  const channel = `test-${cable.port}`;
  await redis.subscribe(channel);
  cable.freeze();
  const unanswered = redis.ping();
  await Promise.all([expect(unanswered).rejects.toThrow(), cable.pull()]);
  await cable.plug();
  await expect.poll(() => redis.status, { timeout: 15_000 }).toBe('ready');
  expect(await admin.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
});

it.skipIf(!redisUrl)('has its name in the list of clients, and is in the database of its URL', async () => {
  const { redis, seen } = connectionTo(() => `${redisUrl}/3`);
  await expect.poll(() => seen.ready).toBe(1);
  expect(await redis.client('INFO')).toMatch(/ name=test .* db=3 /);
});
