import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { manualClock } from '../manual-clock.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const long = { kind: 'delay', milliseconds: 60_000 };

it('rejects soon when it is aborted on the first page', async () => {
  await azure.fault(long);
  const listing = connect(azure).groups.list([A], AbortSignal.timeout(200));
  await expect(listing).rejects.toThrow(/abort/i);
});

it('rejects soon when it is aborted on a later page', async () => {
  await azure.fault({ ...long, skip: 2 });
  const { groups, calls } = connect(azure);
  const aborting = new AbortController();
  const listing = groups.list([A], aborting.signal);
  await expect.poll(() => calls.reads).toHaveLength(2);
  aborting.abort();
  await expect(listing).rejects.toThrow(/abort/i);
});

it('rejects soon when it is aborted while Entra takes its time', async () => {
  await azure.fault({ ...long, match: { target: 'entra' } });
  const listing = connect(azure).groups.list([A], AbortSignal.timeout(200));
  await expect(listing).rejects.toThrow(/abort/i);
});

it('rejects soon when discovery is aborted', async () => {
  await azure.fault(long);
  await expect(connect(azure).subscriptions.list(AbortSignal.timeout(200))).rejects.toThrow(/abort/i);
});

it('rejects when it is aborted while it rests between two pages', async () => {
  await azure.fault({ kind: 'remaining-reads', value: 0 });
  const clock = manualClock();
  const aborting = new AbortController();
  const listing = connect(azure, { clock }).groups.list([A], aborting.signal);
  await expect.poll(() => clock.sleeping()).toBe(1);
  aborting.abort();
  await expect(listing).rejects.toThrow(/abort/i);
});
