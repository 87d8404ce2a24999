import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

it('tells of every page how many reads are left, and of the reading the least share', async () => {
  const { groups, calls } = connect(azure);
  const { allowanceLeft = 0 } = await groups.list([A], new AbortController().signal);
  const left = calls.reads.map(([target, id, reads]) => (target === 'arm' && id === A ? reads : Number.NaN));
  expect(left).toHaveLength(5);
  expect(allowanceLeft).toBe(Math.min(...left) / 250);
});

it('counts every call by its outcome, each attempt for itself', async () => {
  await azure.fault({ kind: 'status', status: 500, times: 1 });
  const { groups, calls } = connect(azure);
  await groupsOf(groups, B);
  expect(calls.outcomes.filter(([target]) => target === 'arm').map(([, outcome]) => outcome)).toEqual([
    '500',
    '200',
    '200',
  ]);
});

it('counts a call without an answer as failed', async () => {
  await azure.fault({ kind: 'drop' });
  const { groups, calls } = connect(azure);
  await expect(groupsOf(groups, B)).rejects.toMatchObject({ reason: 'unavailable' });
  expect(calls.outcomes).toContainEqual(['arm', 'failed']);
});

it('rests before the next page for as long as the bucket takes to hold 25 reads', async () => {
  await azure.fault({ kind: 'remaining-reads', value: 5, times: 1 });
  const clock = manualClock();
  const { groups, calls } = connect(azure, { clock });
  const listing = groupsOf(groups, B);
  await expect.poll(() => clock.sleeping()).toBe(1);
  await clock.advance(0.799);
  expect(calls.reads).toEqual([['arm', B, 5]]);
  await clock.advance(0.001);
  expect(await listing).toHaveLength(4);
});

it('does not rest as long as 25 reads are left', async () => {
  await azure.fault({ kind: 'remaining-reads', value: 25 });
  expect(await groupsOf(connect(azure, { clock: manualClock() }).groups, B)).toHaveLength(4);
});
