import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armGet, SUBSCRIPTIONS_VERSION } from '../calls.ts';

// The clock stands still, so nothing is refilled.
const now = Date.now();
const emulator = await startEmulator({ clock: () => now });
afterAll(() => emulator.close());

it('429 SubscriptionRequestsThrottled with Retry-After once 250 reads are spent', async () => {
  const token = await accessToken(emulator);
  const read = () => armGet(emulator, `/subscriptions?api-version=${SUBSCRIPTIONS_VERSION}`, token);
  for (let count = 0; count < 250; count += 1) expect((await read()).status).toBe(200);
  const { status, body, headers } = await read();
  expect(status).toBe(429);
  expect(body.error.code).toBe('SubscriptionRequestsThrottled');
  expect(headers['retry-after']).toBe('1');
});
