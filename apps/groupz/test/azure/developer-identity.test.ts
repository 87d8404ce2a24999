import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, startAzure } from './emulated-azure.ts';

const isUnix = process.platform !== 'win32';
let azure: EmulatedAzure;
let folder: string;
beforeAll(async () => {
  azure = await startAzure();
  folder = await mkdtemp(join(tmpdir(), 'groupz-az-'));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await rm(folder, { recursive: true });
  await azure.close();
});

const list = () => groupsOf(connect(azure, { changes: { AZURE_IDENTITY: 'developer' } }).groups, A);

/** Puts an `az` in front of the PATH, and takes everything else away. */
async function installAz(script: string): Promise<void> {
  await writeFile(join(folder, 'az'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'az'), 0o755);
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
}

it.skipIf(!isUnix)('unauthenticated naming the credential and the tenant when nobody is logged in', async () => {
  await installAz('echo "Please run az login" >&2; exit 1');
  const identity = { credential: 'developer', tenantId: azure.settings.AZURE_TENANT_ID };
  await expect(list()).rejects.toMatchObject({ reason: 'unauthenticated', evidence: { identity } });
});

it.skipIf(!isUnix)('never falls through to a workload identity that lies around', async () => {
  await installAz('exit 1');
  const { AZURE_TENANT_ID = '', AZURE_CLIENT_ID = '', AZURE_FEDERATED_TOKEN_FILE = '' } = azure.settings;
  const environment = { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_FEDERATED_TOKEN_FILE };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await expect(list()).rejects.toMatchObject({ evidence: { identity: { credential: 'developer' } } });
});

it.skipIf(!isUnix)('tells nothing of a token that az prints with a failure', async () => {
  await installAz('echo "eyJhbGciOiJub25lIn0.c2VjcmV0cGFydA.c2ln" >&2; exit 1');
  const failure = await list().catch((error: unknown) => error);
  expect(JSON.stringify([failure, String(failure)])).not.toMatch(/eyJ|c2VjcmV0|c2ln/);
});
