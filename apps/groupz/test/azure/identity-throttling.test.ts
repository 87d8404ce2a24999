import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B } from '../refresh-options.ts';
import { connect, type RecordedCalls } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const entra = { target: 'entra', method: 'POST' };
const throttled = { kind: 'status', status: 429, match: entra };
const identityCalls = ({ outcomes }: RecordedCalls) => outcomes.filter(([target]) => target === 'identity').length;

it.each([
  [429, 'throttled'],
  [503, 'unavailable'],
])('sends nothing to Entra before the seconds have passed that it asked for with %i', async (status, reason) => {
  await azure.fault({ ...throttled, status, retryAfterSeconds: 9 });
  const clock = manualClock();
  const { groups, calls } = connect(azure, { clock });
  await expect(groupsOf(groups, A)).rejects.toMatchObject({
    reason,
    retryAfterSeconds: 9,
    evidence: { status, code: 'AADSTS90033', identity: { credential: 'workload' } },
  });
  await clock.advance(8);
  await expect(groupsOf(groups, B)).rejects.toMatchObject({ reason, retryAfterSeconds: 1 });
  expect(identityCalls(calls)).toBe(2); // discovery and one exchange
  await azure.reset();
  await clock.advance(1);
  expect(await groupsOf(groups, A)).toHaveLength(14);
});

it('waits longer each time when Entra throttles without saying for how long', async () => {
  await azure.fault(throttled);
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  for (const retryAfterSeconds of [10, 20, 40, 80, 160, 300, 300]) {
    await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds });
    await clock.advance(retryAfterSeconds);
  }
});

it('forgets how often it was throttled once it was not', async () => {
  await azure.fault({ ...throttled, times: 2 });
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  for (const retryAfterSeconds of [10, 20]) {
    await expect(groupsOf(groups, A)).rejects.toMatchObject({ retryAfterSeconds });
    await clock.advance(retryAfterSeconds);
  }
  await groupsOf(groups, A);
  await azure.fault(throttled);
  await azure.revokeTokens();
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 10 });
});

it('lists with the token that is there while Entra asks for time', async () => {
  const { groups } = connect(azure);
  await groupsOf(groups, A);
  await azure.fault({ ...throttled, retryAfterSeconds: 60 });
  expect(await groupsOf(groups, B)).toHaveLength(4);
});

it('waits a second after Entra failed, and asks again whatever MSAL keeps in mind', async () => {
  await azure.fault({ ...throttled, status: 500, times: 3 });
  const clock = manualClock();
  const { groups, calls } = connect(azure, { clock });
  const failure = { reason: 'unavailable', message: /No access token/, retryAfterSeconds: 1 };
  await expect(groupsOf(groups, A)).rejects.toMatchObject(failure);
  const sent = identityCalls(calls);
  await expect(groupsOf(groups, B)).rejects.toMatchObject(failure);
  expect(identityCalls(calls)).toBe(sent);
  await clock.advance(1);
  expect(await groupsOf(groups, A)).toHaveLength(14);
});

it('waits longer as Entra fails again and again, up to half a minute, and forgets it once it is well', async () => {
  await azure.fault({ kind: 'status', status: 400, match: entra });
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  for (const retryAfterSeconds of [1, 2, 4, 8, 16, 30, 30]) {
    await expect(groupsOf(groups, A)).rejects.toMatchObject({ retryAfterSeconds });
    await clock.advance(retryAfterSeconds);
  }
  await azure.reset();
  await groupsOf(groups, A);
  await azure.revokeTokens();
  await azure.fault({ kind: 'status', status: 400, match: entra });
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ retryAfterSeconds: 1 });
});
