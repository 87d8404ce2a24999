import { expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';

const never = new AbortController().signal;

it('sleeps as long as it is told', async () => {
  const begin = systemClock.now();
  await systemClock.sleep(30, never);
  expect(systemClock.now() - begin).toBeGreaterThanOrEqual(29);
});

it('wakes when the signal aborts', async () => {
  const ending = new AbortController();
  const sleep = systemClock.sleep(60_000, ending.signal);
  ending.abort();
  await expect(sleep).resolves.toBeUndefined();
});

it('does not sleep at all after the signal', async () => {
  await expect(systemClock.sleep(60_000, AbortSignal.abort())).resolves.toBeUndefined();
});
