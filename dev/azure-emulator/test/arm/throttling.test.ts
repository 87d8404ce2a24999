import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, production, SUBSCRIPTIONS_VERSION, sandbox } from '../calls.ts';

// The clock stands still but for what a test adds, so nothing is refilled behind its back.
const time = { now: Date.now() };
const emulator = await startEmulator({ clock: () => time.now });
afterAll(() => emulator.close());

it('429 SubscriptionRequestsThrottled with Retry-After once 250 reads are spent, and again for who does not wait', async () => {
  const token = await accessToken(emulator);
  const read = (path = '') => armGet(emulator, `/subscriptions${path}?api-version=${SUBSCRIPTIONS_VERSION}`, token);
  for (let count = 0; count < 250; count += 1) expect((await read()).status).toBe(200);
  const { status, body, headers } = await read();
  expect(status).toBe(429);
  expect(body.error.code).toBe('SubscriptionRequestsThrottled');
  expect(headers['retry-after']).toBe('1');
  time.now += 500;
  expect((await read()).status).toBe(429);
  const observed = await request(emulator.httpUrl).get('/_emulator/calls');
  expect(observed.body.earlyRetries).toBe(1);
  time.now += 1000;
  expect((await read()).status).toBe(200);
  expect((await read(`/${sandbox}`)).status).toBe(200);
});

it('200 with the reads left to the caller and to all', async () => {
  const { headers } = await armGet(
    emulator,
    `/subscriptions/${production}?api-version=${SUBSCRIPTIONS_VERSION}`,
    await accessToken(emulator),
  );
  expect(headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('249');
  expect(headers['x-ms-ratelimit-remaining-subscription-global-reads']).toBe('3749');
});
