import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: OddAzure;
beforeAll(async () => {
  azure = await startOddAzure();
});
afterAll(() => azure.close());

const list = () => groupsOf(connect(azure).groups, A);
const identity = { credential: 'workload', tenantId: 't', clientId: 'c' };

it("invalid-answer when a proxy answers in Entra's place", async () => {
  azure.entra = () => ({ body: '<html>Please log in' });
  await expect(list()).rejects.toMatchObject({ reason: 'invalid-answer', evidence: { status: 200, identity } });
});

it('unauthenticated when Entra answers without a token', async () => {
  azure.entra = () => ({ body: { token_type: 'Bearer', expires_in: 3599 } });
  await expect(list()).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { identity } });
});

it.each([{}, '<html>Please log in'])('asks Entra once for ten subscriptions when it answers %j', async (body) => {
  azure.entra = () => ({ body });
  azure.exchanges.length = 0;
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => groupsOf(groups, A)));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ retryAfterSeconds: 1 });
  expect(azure.exchanges).toHaveLength(1);
});

it.each(['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'])(
  'sends nothing again when Entra asks for time by %s',
  async (header) => {
    azure.entra = () => ({ status: 503, headers: { [header]: '6000' }, body: {} });
    azure.exchanges.length = 0;
    await expect(list()).rejects.toMatchObject({ reason: 'unavailable', retryAfterSeconds: expect.any(Number) });
    expect(azure.exchanges).toHaveLength(1);
  },
);

it('waits as long as Entra asks for, a day at most', async () => {
  azure.entra = () => ({ status: 503, headers: { 'retry-after': '90000' }, body: {} });
  await expect(list()).rejects.toMatchObject({ retryAfterSeconds: 86_400 });
});

it('waits by itself when Entra throttles for no time at all', async () => {
  azure.entra = () => ({ status: 429, headers: { 'retry-after': '0' }, body: {} });
  await expect(list()).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 10 });
});
