import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { armSource } from '../../src/azure/arm-source.ts';
import { systemClock } from '../../src/clock.ts';
import { type Pass, Refresher } from '../../src/refresher.ts';
import { B } from '../refresh-options.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
let refresher: Refresher;
let passes: Pass[];
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(async () => {
  await refresher.close();
  await azure.reset();
});
afterAll(() => azure.close());

/** Refreshes without rest, with a deadline of half a second, until the first good pass. */
async function refresh(): Promise<void> {
  passes = [];
  refresher = new Refresher(B, {
    source: armSource(azure.settings, azure.tlsOptions),
    pace: { refreshSeconds: 0.05, random: Math.random },
    deadlineSeconds: 0.5,
    clock: systemClock,
    observe: (pass) => void passes.push(pass),
  });
  await expect.poll(() => refresher.snapshot?.groups.length).toBe(4);
}

it.each([
  ['unavailable', { kind: 'status', status: 503, retryAfterSeconds: 0 }],
  ['throttled', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
  ['invalid-answer', { kind: 'truncate' }],
  ['invalid-answer', { kind: 'foreign-next-link' }],
  ['timeout', { kind: 'delay', milliseconds: 60_000 }],
])('keeps the last good list when a pass ends as %s by %o', async (reason, fault) => {
  await refresh();
  await azure.put(B, 'rg-not-seen');
  await azure.fault(fault);
  await expect.poll(() => refresher.failure?.reason, { timeout: 5000 }).toBe(reason);
  expect(refresher.snapshot?.groups).toHaveLength(4);
});

it('lists what was added when Azure is well again', async () => {
  await refresh();
  await azure.fault({ kind: 'truncate', times: 2 });
  await azure.put(B, 'rg-added');
  await expect.poll(() => refresher.snapshot?.groups).toContainEqual({ name: 'rg-added' });
  expect(passes.some(({ failure }) => failure?.reason === 'invalid-answer')).toBe(true);
});
