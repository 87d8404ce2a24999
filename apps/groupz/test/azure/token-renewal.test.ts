import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { A, B } from '../refresh-options.ts';
import { connect, type RecordedCalls } from './connect.ts';
import { EMPTY, type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const refusals = ({ outcomes }: RecordedCalls) => outcomes.filter(([, outcome]) => outcome === '401').length;

it.each(['expired-token', 'revoked-token', 'cae-challenge'])('lists although ARM answers %s once', async (kind) => {
  const { groups, calls } = connect(azure);
  await groupsOf(groups, A);
  await azure.fault({ kind, times: 1 });
  expect(await groupsOf(groups, A)).toHaveLength(14);
  expect(refusals(calls)).toBe(1);
  expect(calls.tokens).toHaveLength(2);
});

it('lists altogether when the token is refused between two pages', async () => {
  const { groups } = connect(azure);
  await azure.fault({ kind: 'expired-token', skip: 2, times: 1 });
  expect(await groupsOf(groups, A)).toHaveLength(14);
});

it('takes one new token when several readings meet the old one', async () => {
  const { groups, calls } = connect(azure);
  await groupsOf(groups, A);
  await azure.revokeTokens();
  const lists = await Promise.all([A, B, EMPTY].map((id) => groupsOf(groups, id)));
  expect(lists.map(({ length }) => length)).toEqual([14, 4, 0]);
  expect(calls.tokens).toHaveLength(2);
});

it('discovers subscriptions with a new token, too', async () => {
  const { groups, subscriptions } = connect(azure);
  await groupsOf(groups, A);
  await azure.revokeTokens();
  expect(await subscriptions.list(new AbortController().signal)).not.toHaveLength(0);
});

it('unauthenticated when the new token is refused, too, after two calls and no more', async () => {
  const { groups, calls } = connect(azure);
  await azure.fault({ kind: 'revoked-token' });
  const identity = { credential: 'workload', subject: 'system:serviceaccount:seaworthy:groupz' };
  const evidence = { code: 'InvalidAuthenticationToken', status: 401, identity };
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'unauthenticated', evidence });
  expect(calls.outcomes.filter(([target]) => target === 'arm')).toEqual([
    ['arm', '401'],
    ['arm', '401'],
  ]);
});

it('unauthenticated when the clock of ARM runs ahead of every token', async () => {
  await azure.fault({ kind: 'clock-skew', seconds: 86_400 });
  const failure = { reason: 'unauthenticated', evidence: { code: 'ExpiredAuthenticationToken' } };
  await expect(groupsOf(connect(azure).groups, A)).rejects.toMatchObject(failure);
});
