import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type EmulatedAzure, startAzure } from './azure/emulated-azure.ts';
import { type GroupzProcess, startGroupz } from './groupz-process.ts';
import { A } from './refresh-options.ts';

// Each in a process of its own, as the SDK keeps the managed identity that it found first.
let azure: EmulatedAzure;
let groupz: GroupzProcess;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => groupz.stop());
afterAll(() => azure.close());

const run = (env: Record<string, string>) =>
  startGroupz({ SUBSCRIPTION_ID: A, ARM_ENDPOINT: azure.httpsUrl, NODE_EXTRA_CA_CERTS: azure.caFile, ...env });
const count = async () => ((await (await fetch(`${await groupz.url}/groupz`)).json()) as string[]).length;
const loaded = () => expect.poll(count, { timeout: 15_000 }).toBe(14);

it('lists as the managed identity of a machine', async () => {
  const { AZURE_CLIENT_ID = '' } = azure.settings;
  groupz = run({ AZURE_IDENTITY: 'managed', AZURE_CLIENT_ID, AZURE_POD_IDENTITY_AUTHORITY_HOST: azure.httpUrl });
  await loaded();
});

it('lists as the managed identity of a web app', async () => {
  const { AZURE_CLIENT_ID = '' } = azure.settings;
  const IDENTITY_HEADER = azure.seed.appService.identityHeader;
  groupz = run({
    AZURE_IDENTITY: 'managed',
    AZURE_CLIENT_ID,
    IDENTITY_HEADER,
    IDENTITY_ENDPOINT: `${azure.httpUrl}/msi/token`,
  });
  await loaded();
});

it.skipIf(process.platform === 'win32')('lists as the developer who is logged in with az', async () => {
  groupz = run({ AZURE_IDENTITY: 'developer', PATH: `${await fakeAz()}:/usr/bin:/bin` });
  await loaded();
});

/** A folder with an `az` that is logged in: it answers with a token of the emulator. */
async function fakeAz(): Promise<string> {
  const query = `resource=https://management.azure.com&client_id=${azure.settings.AZURE_CLIENT_ID}`;
  const url = `${azure.httpUrl}/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`;
  const { access_token, expires_on } = (await (await fetch(url, { headers: { metadata: 'true' } })).json()) as Record<
    string,
    string
  >;
  const folder = await mkdtemp(join(tmpdir(), 'groupz-az-'));
  const answer = JSON.stringify({ accessToken: access_token, expires_on: Number(expires_on), tokenType: 'Bearer' });
  await writeFile(join(folder, 'az'), `#!/bin/sh\necho '${answer}'\n`);
  await chmod(join(folder, 'az'), 0o755);
  return folder;
}
