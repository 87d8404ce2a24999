import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AzureSettings } from '../../src/azure/azure.ts';
import { groupsOf } from '../group-source.contract.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const list = (changes: Partial<AzureSettings> = {}) => groupsOf(connect(azure, { changes }).groups, A);
const entra = { target: 'entra' };

it('unauthenticated with the AADSTS code for an unknown client id', async () => {
  const listing = list({ AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000' });
  await expect(listing).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { code: 'AADSTS700016' } });
});

it('federation-pending with the AADSTS code for the token of another service account, as that may become right', async () => {
  const file = azure.tokenFile('seaworthy', 'users');
  const listing = list({ AZURE_FEDERATED_TOKEN_FILE: file });
  await expect(listing).rejects.toMatchObject({ reason: 'federation-pending', evidence: { code: 'AADSTS700213' } });
});

it('unauthenticated naming the token file when there is none', async () => {
  const listing = list({ AZURE_FEDERATED_TOKEN_FILE: '/nowhere/token' });
  await expect(listing).rejects.toMatchObject({ reason: 'unauthenticated', message: /\/nowhere\/token.*ENOENT/ });
});

it('unavailable, not unauthenticated, when Entra is down', async () => {
  const listing = list({ AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1' });
  await expect(listing).rejects.toMatchObject({ reason: 'unavailable', evidence: { code: 'ECONNREFUSED' } });
});

it('unavailable naming the certificate when the authority is not trusted', async () => {
  const listing = groupsOf(connect({ ...azure, tlsOptions: { ca: '' } }).groups, A);
  await expect(listing).rejects.toMatchObject({ reason: 'unavailable', message: /certificate/ });
});

it('throttled with the seconds that Entra asks for', async () => {
  await azure.fault({ kind: 'status', status: 429, retryAfterSeconds: 9, match: entra });
  await expect(list()).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 9 });
});

it('says whom Entra refused: credential, tenant, client id, issuer and subject of the token', async () => {
  const file = azure.tokenFile('seaworthy', 'users');
  const { AZURE_TENANT_ID: tenantId, AZURE_CLIENT_ID: clientId, AZURE_AUTHORITY_HOST: host } = azure.settings;
  const subject = 'system:serviceaccount:seaworthy:users';
  const identity = { credential: 'workload', tenantId, clientId, issuer: `${host}cluster/`, subject };
  await expect(list({ AZURE_FEDERATED_TOKEN_FILE: file })).rejects.toMatchObject({ evidence: { identity } });
});

it('takes one token for several subscriptions and readings, and tells of it once', async () => {
  const { groups, calls } = connect(azure);
  await Promise.all([A, B, A].map((id) => groupsOf(groups, id)));
  expect(await groupsOf(groups, B)).toHaveLength(4);
  expect(calls.outcomes.filter(([target]) => target === 'identity')).toHaveLength(2); // discovery and one exchange
  expect(calls.tokens).toHaveLength(1);
});

it('takes the same token for groups and subscriptions', async () => {
  const { groups, subscriptions, calls } = connect(azure);
  await Promise.all([groupsOf(groups, A), subscriptions.list(new AbortController().signal)]);
  expect(calls.tokens).toHaveLength(1);
});

it('tells when the token was acquired and when it expires', async () => {
  const before = Date.now();
  const { groups, calls } = connect(azure);
  await groupsOf(groups, A);
  const [acquiredAt, expiresAt] = calls.tokens[0] ?? [0, 0];
  expect(acquiredAt).toBeGreaterThanOrEqual(before);
  expect(expiresAt - acquiredAt).toBeGreaterThan(3_500_000);
});
