import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armClientAs, groupNames } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());

it('403 AuthorizationFailed for the SDK client of an identity without access', async () => {
  const token = await accessToken(emulator, { name: 'users' });
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  await expect(groupNames(armClientAs(emulator, { credential, maxRetries: 0 }))).rejects.toMatchObject({
    statusCode: 403,
    code: 'AuthorizationFailed',
  });
});
