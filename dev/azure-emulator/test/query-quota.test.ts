import request from 'supertest';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../src/emulator.ts';
import { createQueryQuota } from '../src/query-quota.ts';
import { accessToken } from './calls.ts';

it('gives 15 queries in five seconds, to each principal', () => {
  let now = 0;
  const quota = createQueryQuota(() => now);
  expect(quota.take('a')).toEqual({ left: 14, resetsAfter: 5 });
  for (let count = 1; count < 15; count += 1) quota.take('a');
  now = 3500;
  expect(quota.take('a')).toEqual({ left: undefined, resetsAfter: 2 });
  expect(quota.early).toBe(0);
  quota.take('a');
  expect(quota.early).toBe(1);
  expect(quota.take('b').left).toBe(14);
  now = 5000;
  expect(quota.take('a')).toEqual({ left: 14, resetsAfter: 5 });
});

it('429 RateLimiting with both headers, once it is spent', async () => {
  const now = Date.now();
  const emulator = await startEmulator({ clock: () => now });
  onTestFinished(() => emulator.close());
  const token = await accessToken(emulator);
  const query = () =>
    request(emulator.httpsUrl)
      .post('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01')
      .ca(emulator.ca)
      .auth(token, { type: 'bearer' })
      .send({ query: 'resourcecontainers' });
  const first = await query();
  expect(first.headers).toMatchObject({
    'x-ms-user-quota-remaining': '14',
    'x-ms-user-quota-resets-after': '00:00:05',
  });
  for (let count = 1; count < 15; count += 1) expect((await query()).status).toBe(200);
  const { status, body, headers } = await query();
  expect(status).toBe(429);
  expect(body.error).toMatchObject({ code: 'RateLimiting', details: [{ code: 'RateLimiting' }] });
  expect(headers).toMatchObject({ 'retry-after': '5', 'x-ms-user-quota-remaining': '0' });
});
