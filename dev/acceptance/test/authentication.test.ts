import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { groupzClient } from '@seaworthy/clients/groupz-client';
import { openRealtime } from '@seaworthy/clients/realtime-client';
import { usersClient } from '@seaworthy/clients/users-client';
import { expect, test, vi } from 'vitest';
import { accessToken } from './access-token.ts';
import { useStack } from './running-stack.ts';

const minutes = 60_000;
const soon = { timeout: minutes, interval: 250 };
const tenant = '6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40';
const developer = 'c0ffee05-6a2b-4c1d-9e3f-5a7b8c9d0e1f';
const paths = ['/groupz', '/users', '/ws'];
const running = useStack({ AUTH: 'jwt' });

/** The developer's access token, got as a pod would get one: for a projected token. */
async function exchangedToken(): Promise<string> {
  const [assertion, ca] = await Promise.all([read('tokens/seaworthy/developer'), read('ca.pem')]);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: developer,
    scope: 'api://seaworthy-users/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  const url = `https://localhost:${running.stack.ports.EMULATOR_HTTPS_PORT}/${tenant}/oauth2/v2.0/token`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const call = request(url, { method: 'POST', ca, headers }).end(String(form));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  return ((await json(response)) as { access_token: string }).access_token;
}

function read(path: string): Promise<string> {
  return readFile(join(running.folder, 'emulator', path), 'utf8');
}

const issued = (query?: Record<string, string>) => accessToken(running.stack.emulator, query);
const users = (token: string) => usersClient({ baseUrl: running.stack.gateway, token: () => token });

/** The status that GET has with the token. */
async function statusOf(path: string, token: string): Promise<number> {
  return (await fetch(`${running.stack.gateway}${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
}

test('401 from every service without a token, and with one that was changed or has expired', async () => {
  const token = await exchangedToken();
  const bad = [token.replace(/.{8}$/, 'AAAAAAAA'), await issued({ expiresIn: '-120' })];
  for (const headers of [{}, ...bad.map((each) => ({ authorization: `Bearer ${each}` }))]) {
    const options = { headers, redirect: 'error' as const };
    for (const path of paths) {
      const response = await fetch(`${running.stack.gateway}${path}`, options);
      expect(response.status, path).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  }
});

test('a token that Entra issued is accepted by every service', async () => {
  const token = await exchangedToken();
  const options = { baseUrl: running.stack.gateway, token: () => token };
  expect((await groupzClient(options).listGroups()).names).toContain('rg-network-hub');
  expect(await users(token).create({ email: 'ada@example.com', displayName: 'Ada' })).toHaveProperty('id');
  const headers = { authorization: `Bearer ${token}` };
  const client = await openRealtime(running.stack.gateway, { channels: ['device01'], headers });
  expect((await client.close()).code).toBe(1000);
});

test('401 for a good token that is meant for somebody else', async () => {
  const token = await issued({ resource: 'https://management.azure.com' });
  for (const path of paths) expect(await statusOf(path, token), path).toBe(401);
});

test('403 from users for a token without roles, which is told the ones that would do', async () => {
  const token = await issued({ application: 'groupz' });
  const response = await fetch(`${running.stack.gateway}/users`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(403);
  expect(response.headers.get('www-authenticate')).toContain('insufficient_scope');
  expect(await response.json()).toMatchObject({ status: 403, detail: expect.stringContaining('Users.Read') });
});

test('Users.Read may list, and not create', async () => {
  const reader = users(await issued({ roles: 'Users.Read' }));
  expect(await reader.list()).toHaveProperty('value');
  const creation = reader.create({ email: 'reader@example.com', displayName: 'Reader' });
  await expect(creation).rejects.toMatchObject({ status: 403 });
});

test('Users.Provision may drive SCIM, and nothing else', async () => {
  const directory = await issued({ application: 'directory' });
  expect(await statusOf('/scim/v2/Users', directory)).toBe(200);
  expect(await statusOf('/v1/users', directory)).toBe(403);
  expect(await statusOf('/scim/v2/Users', await issued())).toBe(403);
});

test('a token signed with a new key is accepted, and the old ones are no longer', {
  timeout: 2 * minutes,
}, async () => {
  const older = await issued();
  expect(await statusOf('/users', older)).toBe(200);
  const headers = { 'content-type': 'application/json' };
  const url = `${running.stack.emulator}/_emulator/keys/rotate`;
  expect((await fetch(url, { method: 'POST', headers, body: '{"dropOld":true}' })).status).toBe(200);
  const newer = await issued();
  await vi.waitFor(async () => expect(await statusOf('/users', newer)).toBe(200), soon);
  expect(await statusOf('/users', older)).toBe(401);
});

test('no token is in the log', async () => {
  const token = await exchangedToken();
  await fetch(`${running.stack.gateway}/users`, { headers: { authorization: `Bearer ${token}x` } });
  await running.stack.printed(/GET \/users 401/);
  expect(running.stack.output()).not.toContain(token.slice(-40));
  expect(running.stack.output()).not.toMatch(/eyJ[\w-]{20}/);
});

test('after a crash of Entra, every service takes the tokens of the new one', { timeout: 2 * minutes }, async () => {
  const seen = running.stack.output().length;
  const [, pid] = /azure +│ .*process (\d+)/.exec(running.stack.output()) ?? [];
  process.kill(Number(pid), 'SIGKILL');
  await running.stack.printed(/azure +│ .*ready again/, seen);
  const token = await issued();
  const statuses = () => Promise.all(paths.map((path) => statusOf(path, token)));
  await vi.waitFor(async () => expect(await statuses()).toEqual([200, 200, 426]), soon);
});
