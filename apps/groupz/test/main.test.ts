import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type EmulatedAzure, FORBIDDEN, startAzure } from './azure/emulated-azure.ts';
import { type GroupzProcess, startGroupz } from './groupz-process.ts';
import { A, B } from './refresh-options.ts';

let azure: EmulatedAzure;
let groupz: GroupzProcess;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(async () => {
  await groupz.stop();
  await azure.reset();
});
afterAll(() => azure.close());

/** The settings of a pod in the emulated cluster. */
const podWith = (changes: Record<string, string> = {}) => ({
  ...azure.settings,
  NODE_EXTRA_CA_CERTS: azure.caFile,
  SUBSCRIPTION_ID: `${A},${B}`,
  REFRESH_SECONDS: '1',
  ...changes,
});
const get = async (path: string) => fetch(`${await groupz.url}${path}`);
const eventually = (path: string) => expect.poll(async () => (await get(path)).status, { timeout: 15_000 });
const names = async () => (await (await get('/groupz')).json()) as string[];

it('is ready and lists all groups of both subscriptions, then exits 0 on SIGTERM', async () => {
  groupz = startGroupz(podWith());
  await eventually('/readyz').toBe(200);
  const listed = await names();
  expect(listed).toHaveLength(17);
  expect(listed).toEqual(expect.arrayContaining(['rg-seaworthy-prod', 'RG-Spike-Redis']));
  expect(await groupz.stop()).toBe(0);
});

it('lists a group that is added while it runs, and no more when it is deleted', async () => {
  groupz = startGroupz(podWith());
  await eventually('/readyz').toBe(200);
  await azure.put(A, 'rg-added-later');
  await expect.poll(names, { timeout: 10_000 }).toContain('rg-added-later');
  await azure.remove(A, 'rg-added-later');
  await expect.poll(names, { timeout: 10_000 }).not.toContain('rg-added-later');
});

it('keeps answering the last good list when ARM fails, and counts it', async () => {
  groupz = startGroupz(podWith());
  await eventually('/readyz').toBe(200);
  await azure.fault({ kind: 'truncate' });
  const metrics = async () => (await get('/metrics')).text();
  await expect.poll(metrics, { timeout: 10_000 }).toMatch(/outcome="invalid-answer"} [1-9]/);
  expect(await names()).toHaveLength(17);
  expect((await get('/readyz')).status).toBe(200);
});

it('is alive but not ready with wrong credentials, and logs why', async () => {
  groupz = startGroupz(podWith({ AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000' }));
  await eventually('/readyz').toBe(503);
  expect((await get('/livez')).status).toBe(200);
  expect((await get('/groupz')).status).toBe(503);
  await expect.poll(() => groupz.output()).toContain('"code":"AADSTS700016"');
  expect(await groupz.stop()).toBe(0);
});

it('is not ready as long as one subscription is forbidden', async () => {
  groupz = startGroupz(podWith({ SUBSCRIPTION_ID: `${A},${FORBIDDEN}` }));
  await expect.poll(() => groupz.output(), { timeout: 10_000 }).toContain('AuthorizationFailed');
  expect((await get('/readyz')).status).toBe(503);
  expect(await (await get('/groupz')).json()).toMatchObject({
    status: 503,
    detail: expect.stringContaining(FORBIDDEN),
  });
});

it('exits 0 on SIGTERM in the middle of a slow pass', async () => {
  await azure.fault({ kind: 'delay', milliseconds: 60_000 });
  groupz = startGroupz(podWith());
  await eventually('/livez').toBe(200);
  expect(await groupz.stop()).toBe(0);
});

it('exits 78 with one message that names every missing setting', async () => {
  groupz = startGroupz({});
  expect(await groupz.ended).toBe(78);
  const missing = ['SUBSCRIPTION_ID', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'];
  for (const name of missing) expect(groupz.output()).toContain(`  ${name} `);
  expect(groupz.output()).toContain('groupz cannot start. 4 settings are wrong:');
});

it('logs no token', async () => {
  groupz = startGroupz(podWith({ LOG_LEVEL: 'trace' }));
  await eventually('/readyz').toBe(200);
  await azure.fault({ kind: 'expired-token' });
  await expect.poll(() => groupz.output(), { timeout: 10_000 }).toContain('ExpiredAuthenticationToken');
  expect(groupz.output()).not.toMatch(/eyJ[\w-]{8,}/);
});
