import { groupzClient } from '@seaworthy/clients/groupz-client';
import { openRealtime } from '@seaworthy/clients/realtime-client';
import { usersClient } from '@seaworthy/clients/users-client';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { accessToken } from './access-token.ts';
import { isListening } from './free-ports.ts';
import { startStack, useStack } from './running-stack.ts';

const minutes = 60_000;
const pageSize = 5; // of the emulated ARM
const subscription = '0b1f6471-1bf0-4dda-aec3-111111111111';
const running = useStack();

const soon = { timeout: minutes, interval: 100 };
const token = () => accessToken(running.stack.emulator);
const users = () => usersClient({ baseUrl: running.stack.gateway, token });
const listNames = async () => (await groupzClient({ baseUrl: running.stack.gateway }).listGroups()).names;

function publisher(): Redis {
  const redis = new Redis(running.stack.redisUrl);
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** What a stream says up to some text; the rest of it is not waited for. */
async function textUntil(response: Response, text: string): Promise<string> {
  const decoder = new TextDecoder();
  let seen = '';
  for await (const chunk of response.body ?? []) {
    seen += decoder.decode(chunk as Uint8Array, { stream: true });
    if (seen.includes(text)) return seen;
  }
  throw new Error(`the stream ended without ${text}: ${seen}`);
}

test('more than two pages of groups arrive through the gateway, read with a token for a verified assertion', async () => {
  const names = await listNames();
  expect(names.length).toBeGreaterThan(2 * pageSize);
  expect(names).toContain('rg-network-hub');
});

test('a group that is added in Azure is listed, and one that is deleted is not', async () => {
  const url = `${running.stack.emulator}/_emulator/subscriptions/${subscription}/resourcegroups/rg-new`;
  const headers = { 'content-type': 'application/json' };
  await fetch(url, { method: 'PUT', headers, body: '{"location":"westeurope"}' });
  await vi.waitFor(async () => expect(await listNames()).toContain('rg-new'), soon);
  await fetch(url, { method: 'DELETE' });
  await vi.waitFor(async () => expect(await listNames()).not.toContain('rg-new'), soon);
});

test('a change in Azure reaches who watches: by poll, by event stream, and as a message of realtime', async () => {
  const groupz = groupzClient({ baseUrl: running.stack.gateway });
  const { cursor } = await groupz.changes();
  const client = await openRealtime(running.stack.gateway, { channels: ['groupz.changes'] });
  const headers = { accept: 'text/event-stream' };
  const stream = await fetch(`${running.stack.gateway}/v1/resource-groups/changes?since=${cursor}`, { headers });
  const url = `${running.stack.emulator}/_emulator/subscriptions/${subscription}/resourcegroups/rg-watched`;
  await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"location":"uksouth"}' });
  const added = { type: 'added', group: { name: 'rg-watched', location: 'uksouth' } };
  expect(JSON.parse((await client.next()) as string)).toMatchObject(added);
  expect((await groupz.changes(cursor)).value).toMatchObject([added]);
  expect(await textUntil(stream, '"rg-watched"')).toContain('event: added\n');
  await fetch(url, { method: 'DELETE' });
  await client.close();
});

test('text and bytes that anybody publishes reach every client of the channel, through the gateway too', async () => {
  const direct = await openRealtime(`http://localhost:${running.stack.ports.REALTIME_PORT}`, {
    channels: ['device01'],
  });
  const through = await openRealtime(running.stack.gateway);
  await through.join('device01');
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const redis = publisher();
  expect(await redis.publish('device01', 'hello')).toBe(1);
  await redis.publish('device01', bytes);
  for (const client of [direct, through]) {
    expect(await client.next()).toBe('hello');
    expect(Buffer.from((await client.next()) as Uint8Array)).toEqual(bytes);
    await client.close();
  }
});

test('users asks for a token where nobody said otherwise, and groupz and realtime do not', async () => {
  const statuses = ['/users', '/groupz', '/'].map(async (path) => (await fetch(running.stack.gateway + path)).status);
  expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
});

test.each([
  ['malformed JSON', '{"email":', 400],
  ['a wrong type', '{"email":1,"displayName":"Ada"}', 422],
  ['an unknown field', '{"email":"a@example.com","displayName":"Ada","admin":true}', 422],
  ['a body that is too long', JSON.stringify({ email: 'a@example.com', displayName: 'x'.repeat(100_000) }), 413],
])('%s is refused with problem details and no stack', async (_name, body, status) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token()}` };
  const response = await fetch(`${running.stack.gateway}/users`, { method: 'POST', headers, body });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.text()).not.toMatch(/\bat .*\.(ts|js|mjs):\d+/);
});

test('a change of a user reaches who watches, as a message of realtime without anything personal', async () => {
  const client = await openRealtime(running.stack.gateway, { channels: ['users.changes'] });
  const { id } = await users().create({ email: 'watched@example.com', displayName: 'Watched' });
  const message = (await client.next()) as string;
  expect(JSON.parse(message)).toMatchObject({ type: 'created', userId: id, version: 1 });
  expect(message).not.toMatch(/watched/i);
  await client.close();
});

test('a user survives kill -9 of the service', async () => {
  const { id } = await users().create({ email: 'kill@example.com', displayName: 'Survivor' });
  const seen = running.stack.output().length;
  const [, pid] = /users +│ .*process (\d+)/.exec(running.stack.output()) ?? [];
  process.kill(Number(pid), 'SIGKILL');
  await running.stack.printed(/users +│ .*ready again/, seen);
  expect(await users().show(id)).toMatchObject({ email: 'kill@example.com' });
});

test('a user survives a restart of everything, which leaves no port open', { timeout: 3 * minutes }, async () => {
  const { id } = await users().create({ email: 'restart@example.com', displayName: 'Survivor' });
  const { redisUrl, ports, output } = running.stack;
  const all = [...Object.values(ports), Number(new URL(redisUrl).port)];
  await running.restart(async () => {
    expect(await Promise.all(all.map(isListening))).toEqual(all.map(() => false));
    expect(output()).toContain('» stopped');
  });
  expect(await users().show(id)).toMatchObject({ email: 'restart@example.com' });
});

test('a port that is taken is named, with what wanted it and how to change it', { timeout: minutes }, async () => {
  const env = { USERS_PORT: String(running.stack.ports.USERS_PORT) };
  await expect(startStack({ folder: running.folder, env })).rejects.toThrow(
    /USERS_PORT[\s\S]*taken|taken[\s\S]*USERS_PORT/,
  );
});
