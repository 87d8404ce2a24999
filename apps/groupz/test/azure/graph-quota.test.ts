import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: OddAzure;
beforeAll(async () => {
  azure = await startOddAzure();
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.requests.length = 0;
});

const rows = [A, B].map((id) => ({
  id: `/subscriptions/${id}`,
  type: 'microsoft.resources/subscriptions',
  subscriptionId: id,
}));
const good = { body: { totalRecords: 2, count: 2, resultTruncated: 'false', data: rows } };
const quota = (remaining: number, resetsAfter: string) => ({
  'x-ms-user-quota-remaining': String(remaining),
  'x-ms-user-quota-resets-after': resetsAfter,
});
const source = () => {
  const clock = manualClock();
  return { clock, ...connect(azure, { changes: { SOURCE: 'resource-graph' }, clock }) };
};

it.each([
  ['Retry-After', { 'retry-after': '9' }],
  ['the reset of the quota', quota(0, '00:00:09')],
  ['the longer of both', { ...quota(0, '00:00:09'), 'retry-after': '2' }],
])('sends no query of any batch before %s has passed', async (_what, headers) => {
  azure.arm = () => ({ status: 429, headers, body: {} });
  const { groups, clock } = source();
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 9 });
  azure.arm = () => good;
  await clock.advance(8);
  await expect(groupsOf(groups, B)).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 1 });
  expect(azure.requests).toHaveLength(1);
  await clock.advance(1);
  expect(await groupsOf(groups, B)).toEqual([]);
});

it('rests before the first page of a reading when another one used the quota up', async () => {
  azure.arm = () => ({ ...good, headers: quota(0, '00:00:03') });
  const { groups, clock } = source();
  await groupsOf(groups, A);
  const second = groupsOf(groups, B);
  await expect.poll(() => clock.sleeping()).toBe(1);
  await clock.advance(2.9);
  expect(azure.requests).toHaveLength(1);
  await clock.advance(0.1);
  expect(await second).toEqual([]);
});

it('throttled without a wait when Resource Graph asks for no time at all, so that the pace finds one', async () => {
  azure.arm = () => ({ status: 429, headers: { 'retry-after': '0', ...quota(0, '00:00:00') }, body: {} });
  const failure = { reason: 'throttled', retryAfterSeconds: undefined };
  await expect(groupsOf(source().groups, A)).rejects.toMatchObject(failure);
});
