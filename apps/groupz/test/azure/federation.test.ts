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

const pending = { kind: 'federation-pending', match: { target: 'entra' } };
const exchanges = ({ outcomes }: RecordedCalls) => outcomes.filter((each) => each.join() === 'identity,401').length;

it('federation-pending for as long as a federated credential may take to be known everywhere, asked for every three seconds', async () => {
  await azure.fault(pending);
  const clock = manualClock();
  const { groups, calls } = connect(azure, { clock });
  const failure = { reason: 'federation-pending', retryAfterSeconds: 3, evidence: { code: 'AADSTS70021' } };
  for (let seconds = 0; seconds < 120; seconds += 30) {
    await expect(groupsOf(groups, A)).rejects.toMatchObject(failure);
    await clock.advance(30);
  }
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'unauthenticated', retryAfterSeconds: 1 });
  expect(exchanges(calls)).toBe(5);
});

it('lists as soon as the federated credential is known, and forgets that it was not', async () => {
  await azure.fault({ ...pending, times: 1 });
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'federation-pending' });
  await clock.advance(3);
  expect(await groupsOf(groups, A)).toHaveLength(14);
  await clock.advance(300);
  await azure.revokeTokens();
  await azure.fault(pending);
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'federation-pending' });
});

it('asks Entra once for all subscriptions until three seconds have passed', async () => {
  await azure.fault(pending);
  const clock = manualClock();
  const { groups, calls } = connect(azure, { clock });
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'federation-pending' });
  await clock.advance(2);
  await expect(groupsOf(groups, B)).rejects.toMatchObject({ reason: 'federation-pending', retryAfterSeconds: 1 });
  expect(exchanges(calls)).toBe(1);
});
