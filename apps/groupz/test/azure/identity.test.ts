import { copyFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { armSource } from '../../src/azure/arm-source.ts';
import { A, B } from '../refresh-options.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const never = new AbortController().signal;
const sourceWith = (changes: Partial<EmulatedAzure['settings']> = {}) =>
  armSource({ ...azure.settings, ...changes }, azure.tlsOptions);
const entra = { target: 'entra' };

it('unauthenticated with the AADSTS code for an unknown client id', async () => {
  const listing = sourceWith({ AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000' }).list(A, never);
  await expect(listing).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { code: 'AADSTS700016' } });
});

it('unauthenticated with the AADSTS code for the token of another service account', async () => {
  const file = azure.tokenFile('seaworthy', 'users');
  const listing = sourceWith({ AZURE_FEDERATED_TOKEN_FILE: file }).list(A, never);
  await expect(listing).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { code: 'AADSTS700213' } });
});

it('unauthenticated naming the token file when there is none', async () => {
  const listing = sourceWith({ AZURE_FEDERATED_TOKEN_FILE: '/nowhere/token' }).list(A, never);
  await expect(listing).rejects.toMatchObject({ reason: 'unauthenticated', message: /ENOENT.*\/nowhere\/token/ });
});

it('unavailable, not unauthenticated, when Entra is down', async () => {
  const listing = sourceWith({ AZURE_AUTHORITY_HOST: 'https://127.0.0.1:1' }).list(A, never);
  await expect(listing).rejects.toMatchObject({ reason: 'unavailable', evidence: { code: 'ECONNREFUSED' } });
});

it('unavailable naming the certificate when the authority is not trusted', async () => {
  const listing = armSource(azure.settings).list(A, never);
  await expect(listing).rejects.toMatchObject({ reason: 'unavailable', message: /certificate/ });
});

it('throttled with the seconds that Entra asks for', async () => {
  await azure.fault({ kind: 'status', status: 429, retryAfterSeconds: 9, match: entra });
  await expect(sourceWith().list(A, never)).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 9 });
});

it('lists after a claims challenge, with a new token', async () => {
  const source = sourceWith();
  await source.list(A, never);
  await azure.fault({ kind: 'cae-challenge', times: 1 });
  expect(await source.list(A, never)).toHaveLength(13);
});

it('does not use a refused token again', async () => {
  const source = sourceWith();
  await source.list(A, never);
  await azure.fault({ kind: 'revoked-token', times: 1 });
  await expect(source.list(A, never)).rejects.toMatchObject({ reason: 'unauthenticated' });
  await azure.fault({ kind: 'status', status: 500, match: entra });
  await expect(source.list(A, never)).rejects.toMatchObject({ message: /No access token/ });
});

it('takes one token for several subscriptions and passes', async () => {
  const source = sourceWith();
  await azure.fault({ kind: 'delay', milliseconds: 0, times: 2, match: entra }); // discovery and one exchange
  await azure.fault({ kind: 'status', status: 500, match: entra });
  await Promise.all([A, B, A].map((id) => source.list(id, never)));
  expect(await source.list(B, never)).toHaveLength(4);
});

it('reads the token file again after it was refused', async () => {
  const file = `${azure.caFile}.token`;
  await writeFile(file, 'not a token');
  const source = sourceWith({ AZURE_FEDERATED_TOKEN_FILE: file });
  await expect(source.list(A, never)).rejects.toMatchObject({ reason: 'unauthenticated' });
  await copyFile(azure.tokenFile('seaworthy', 'groupz'), file);
  expect(await source.list(A, never)).toHaveLength(13);
});
