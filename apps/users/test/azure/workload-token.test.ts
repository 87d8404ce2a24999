import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, SEED_FILE, startEmulator } from '@seaworthy/azure-emulator/emulator';
import { readSeed } from '@seaworthy/azure-emulator/seed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../users-process.ts';
import { emulatedIdentity } from './emulated-identity.ts';

describe('the token of the workload identity', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ seed: readSeed(SEED_FILE) });
  });
  afterAll(() => emulator.close());

  const askWith = (file?: string) => emulatedIdentity(emulator, file);

  it('is for Postgres, and good for a while', async () => {
    const { token, expiresOnTimestamp } = await askWith()();
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.aud).toContain('ossrdbms-aad.database.windows.net');
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 300_000);
  });

  it('is a new one each time', async () => {
    const ask = askWith();
    const [first, second] = [await ask(), await ask()];
    expect(first.token).not.toBe(second.token);
  });

  it('is asked for with what the file of the pod holds then', async () => {
    const file = join(temporaryDirectory(), 'token');
    writeFileSync(file, 'not.a.token');
    const ask = askWith(file);
    await expect(ask()).rejects.toThrow(/AADSTS/);
    writeFileSync(file, readFileSync(emulator.tokenFile('seaworthy', 'groupz')));
    expect((await ask()).token).not.toBe('');
  });

  it('is not to be had without the file', async () => {
    await expect(askWith('/nowhere/token')()).rejects.toThrow(/nowhere/);
  });
});
