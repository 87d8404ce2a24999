import { openRealtime } from '@seaworthy/clients/realtime-client';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it } from 'vitest';
import { startProcess } from './process.ts';

const nowhere = { REDISHOST: '127.0.0.1:1' };

it('without Redis it is up, not ready, and says so', async () => {
  const { url, logged } = await startProcess(nowhere);
  expect(await logged('redis connection failed')).toContain(
    '"redis":{"source":"REDISHOST","host":"127.0.0.1","port":1',
  );
  const [live, ready] = await Promise.all([fetch(`${url}/livez`), fetch(`${url}/readyz`)]);
  expect([live.status, ready.status]).toEqual([200, 503]);
  expect(await ready.json()).toEqual({ status: 'not ready', checks: { redis: 'failed' } });
});

it('1012 for its clients and exit code 0 on SIGTERM', async () => {
  const { url, child, ended } = await startProcess(nowhere);
  const client = await openRealtime(url);
  child.kill('SIGTERM');
  expect(await client.closed).toEqual({ code: 1012, reason: 'service restart' });
  expect(await ended).toBe(0);
});

it('never shows the password of REDIS_URL', async () => {
  const { logged } = await startProcess({ REDIS_URL: 'redis://me:hunter2@127.0.0.1:1' });
  expect(await logged('redis connection failed')).not.toContain('hunter2');
});

describe.skipIf(!redisUrl)('with a real Redis', () => {
  it('delivers what anybody publishes, and ends with exit code 0', async () => {
    const { url, child, ended, logged } = await startProcess({ REDIS_URL: redisUrl ?? '' });
    await logged('redis connected');
    const client = await openRealtime(url, { channels: ['device01'] });
    await realRedis().publish('device01', 'hello');
    expect(await client.next()).toBe('hello');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    expect([(await client.closed).code, await ended]).toEqual([1012, 0]);
  });
});
