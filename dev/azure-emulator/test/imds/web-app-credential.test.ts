import { ManagedIdentityCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { afterAll, expect, it, vi } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { ARM_SCOPE, clientIds } from '../calls.ts';

// One flavour of managed identity a file: the SDK decides once per process which it is in.
const emulator = await startEmulator();
afterAll(() => emulator.close());

it('the SDK credential gets a token as in App Service', async () => {
  vi.stubEnv('IDENTITY_ENDPOINT', `${emulator.httpUrl}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', emulator.seed.appService.identityHeader);
  const credential = new ManagedIdentityCredential({ clientId: clientIds.groupz });
  const { token, expiresOnTimestamp } = await credential.getToken(ARM_SCOPE);
  expect(decodeJwt(token)['appid']).toBe(clientIds.groupz);
  expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_600_000);
});
