import pLimit from 'p-limit';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Reading } from '../../src/group-source.ts';
import { type Pass, Refresher } from '../../src/refresher.ts';
import { SourceFailure } from '../../src/source-failure.ts';
import { B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
let refresher: Refresher<Reading>;
let outcomes: (string | readonly string[])[];
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(async () => {
  await refresher.close();
  await azure.reset();
});
afterAll(() => azure.close());

/** The names that a pass read, or why it read none. */
function outcomeOf({ outcome }: Pass<Reading>): string | readonly string[] {
  const found = outcome instanceof SourceFailure ? outcome : outcome.subscriptions.get(B);
  return found === undefined || found instanceof SourceFailure
    ? (found?.reason ?? 'nothing')
    : found.map(({ name }) => name);
}

/** Refreshes without rest, with a deadline of half a second, until the first good pass. */
async function refresh(): Promise<void> {
  outcomes = [];
  const { groups } = connect(azure);
  refresher = new Refresher<Reading>(
    {
      read: (signal) => groups.list([B], signal),
      tell: (pass) => void outcomes.push(outcomeOf(pass)),
    },
    {
      pace: { refreshSeconds: 0.05, slowestSeconds: 0.05, random: Math.random },
      deadlineSeconds: 0.5,
      clock: systemClock,
      limit: pLimit(1),
    },
  );
  await expect.poll(() => outcomes[0]).toHaveLength(4);
}

it.each([
  ['unavailable', { kind: 'status', status: 503, retryAfterSeconds: 0 }],
  ['throttled', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
  ['invalid-answer', { kind: 'truncate' }],
  ['invalid-answer', { kind: 'foreign-next-link' }],
  ['timeout', { kind: 'delay', milliseconds: 60_000 }],
  ['timeout', { kind: 'delay', milliseconds: 60_000, skip: 1 }],
])('never tells of half a list when a pass ends as %s by %o', async (reason, fault) => {
  await refresh();
  await azure.fault(fault);
  await expect.poll(() => outcomes.at(-1), { timeout: 5000 }).toBe(reason);
  const lists = outcomes.filter((each) => typeof each !== 'string');
  expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([4]));
});

it('lists what was added when Azure is well again', async () => {
  await refresh();
  await azure.fault({ kind: 'truncate', times: 2 });
  await azure.put(B, { name: 'rg-added' });
  await expect.poll(() => outcomes.at(-1)).toContain('rg-added');
  expect(outcomes).toContain('invalid-answer');
});
