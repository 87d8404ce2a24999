import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

// The SDK keeps the first managed identity of a process: one connection for all tests, and the token comes last.
let azure: EmulatedAzure;
let managed: ReturnType<typeof connect>;
const clock = manualClock();
beforeAll(async () => {
  azure = await startAzure();
  vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', azure.httpUrl);
  managed = connect(azure, { changes: { AZURE_IDENTITY: 'managed' }, clock });
});
afterEach(async () => {
  managed.calls.outcomes.length = 0;
  await azure.reset();
  await clock.advance(600);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await azure.close();
});

const imds = { target: 'imds' };
const list = (id = A) => groupsOf(managed.groups, id);
const identityCalls = () => managed.calls.outcomes.filter(([target]) => target === 'identity');

it.each([
  ['throttled', { kind: 'status', status: 429, retryAfterSeconds: 9 }, 9],
  ['unavailable', { kind: 'status', status: 503, retryAfterSeconds: 4 }, 4],
])('%s after one call when the machine answers %o, and no other before that time', async (reason, fault, seconds) => {
  await azure.fault({ ...fault, match: imds });
  await expect(list()).rejects.toMatchObject({ reason, retryAfterSeconds: seconds });
  await clock.advance(seconds - 1);
  await expect(list(B)).rejects.toMatchObject({ reason, retryAfterSeconds: 1 });
  expect(identityCalls()).toEqual([['identity', String(fault.status)]]);
});

it.each([404, 410, 500])('unavailable with status %i, as the machine updates its identity service', async (status) => {
  await azure.fault({ kind: 'status', status, match: imds });
  await expect(list()).rejects.toMatchObject({ reason: 'unavailable', evidence: { status } });
  expect(identityCalls()).toEqual([['identity', String(status)]]);
});

it('unauthenticated naming the identity that the machine refuses', async () => {
  await azure.fault({ kind: 'status', status: 400, match: imds });
  const identity = { credential: 'managed', clientId: azure.settings.AZURE_CLIENT_ID };
  await expect(list()).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { identity } });
});

it('lists as the managed identity, with one token', async () => {
  await Promise.all([list(A), list(B)]);
  expect(identityCalls()).toEqual([['identity', '200']]);
  expect(managed.calls.tokens).toHaveLength(1);
});
