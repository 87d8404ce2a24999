import { ManagedIdentityCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { ARM_SCOPE, armClientAs, clientIds, groupNames } from '../calls.ts';

// One flavour of managed identity a file: the SDK decides once per process which it is in.
const emulator = await startEmulator();
beforeAll(() => {
  vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', emulator.httpUrl);
});
afterAll(() => emulator.close());

it('the SDK credential gets a token from instance metadata', async () => {
  const credential = new ManagedIdentityCredential({ clientId: clientIds.groupz });
  const { token } = await credential.getToken(ARM_SCOPE);
  expect(decodeJwt(token)['appid']).toBe(clientIds.groupz);
});

it('the SDK client lists groups with it', async () => {
  const credential = new ManagedIdentityCredential({ clientId: clientIds.groupz });
  expect(await groupNames(armClientAs(emulator, { credential, maxRetries: 0 }))).toHaveLength(13);
});

it('the SDK credential reports an unknown identity', async () => {
  const credential = new ManagedIdentityCredential({ clientId: '11111111-1111-1111-1111-111111111111' });
  await expect(credential.getToken(ARM_SCOPE)).rejects.toThrow(/invalid_request|Identity not found/);
});
