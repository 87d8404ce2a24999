import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { groupzClient } from '@seaworthy/clients/groupz-client';
import { openRealtime } from '@seaworthy/clients/realtime-client';
import { usersClient } from '@seaworthy/clients/users-client';
import { expect, test } from 'vitest';
import { freePorts } from './free-ports.ts';
import { useStack } from './running-stack.ts';

const tenant = '6f1d2c3b-4a59-4e68-8c77-9b0a1d2e3f40';
const audience = 'https://management.azure.com';
const [entraPort = 0] = await freePorts(1);
const authority = `https://localhost:${entraPort}/${tenant}`;
const running = useStack({
  EMULATOR_HTTPS_PORT: String(entraPort),
  AUTH: 'jwt',
  AUTH_ISSUER: `${authority}/v2.0`,
  AUTH_AUDIENCE: audience,
});

/** An access token for the identity of groupz, got as its pod would get one: for a projected token. */
async function accessToken(): Promise<string> {
  const [assertion, ca] = await Promise.all([read('tokens/seaworthy/groupz'), read('ca.pem')]);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'c0ffee00-6a2b-4c1d-9e3f-5a7b8c9d0e1f',
    scope: `${audience}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const call = request(`${authority}/oauth2/v2.0/token`, { method: 'POST', ca, headers }).end(String(form));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  return ((await json(response)) as { access_token: string }).access_token;
}

function read(path: string): Promise<string> {
  return readFile(join(running.folder, 'emulator', path), 'utf8');
}

test('401 from every service without a token, and with one that was changed', async () => {
  const changed = (await accessToken()).replace(/.{8}$/, 'AAAAAAAA');
  for (const headers of [{}, { authorization: `Bearer ${changed}` }]) {
    const options = { headers, redirect: 'error' as const };
    for (const path of ['/groupz', '/users', '/ws']) {
      const response = await fetch(`${running.stack.gateway}${path}`, options);
      expect(response.status, path).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  }
});

test('a token that Entra issued is accepted by every service', async () => {
  const token = await accessToken();
  const options = { baseUrl: running.stack.gateway, token: () => token };
  expect((await groupzClient(options).listGroups()).names).toContain('rg-network-hub');
  expect(await usersClient(options).create({ email: 'ada@example.com', displayName: 'Ada' })).toHaveProperty('id');
  const headers = { authorization: `Bearer ${token}` };
  const client = await openRealtime(running.stack.gateway, { channels: ['device01'], headers });
  expect((await client.close()).code).toBe(1000);
});

test('no token is in the log', async () => {
  const token = await accessToken();
  await fetch(`${running.stack.gateway}/users`, { headers: { authorization: `Bearer ${token}x` } });
  await running.stack.printed(/GET \/users 401/);
  expect(running.stack.output()).not.toContain(token.slice(-40));
  expect(running.stack.output()).not.toMatch(/eyJ[\w-]{20}/);
});
