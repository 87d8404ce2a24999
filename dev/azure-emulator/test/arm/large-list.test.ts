import request from 'supertest';
import { afterAll, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armClient, armGet, GROUPS_VERSION, production } from '../calls.ts';

const emulator = await startEmulator({ pageSize: 1000 });
afterAll(() => emulator.close());
const admin = request(emulator.httpUrl);
const groups = `/_emulator/subscriptions/${production}/resourcegroups`;

it('lists ten thousand groups once each, a thousand a page', async () => {
  const count = 10_000 - 13;
  const answer = await admin.post(`${groups}:generate`).send({ count, prefix: 'bulk', tags: { env: ['dev', 'prod'] } });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({ count, first: 'bulk-00001', last: 'bulk-09987' });
  const pages = await Array.fromAsync(armClient(emulator).resourceGroups.list().byPage());
  expect(pages.map((page) => page.length)).toEqual(Array.from({ length: 10 }, () => 1000));
  expect(new Set(pages.flat().map(({ name }) => name)).size).toBe(10_000);
});

it.for(['größe-100%', '100%25', 'данные(1)', '東京_1', '%2e%2E%'])('pages, gets and filters %s', async (name) => {
  const put = await admin.put(`${groups}/${encodeURIComponent(name)}`).send({ tags: { 'größe %': name } });
  expect(put.body.name).toBe(name);
  const client = armClient(emulator);
  expect((await client.resourceGroups.get(name)).name).toBe(name);
  const filter = `tagName eq 'größe %' and tagValue eq '${name}'`;
  expect((await Array.fromAsync(client.resourceGroups.list({ filter }))).map((group) => group.name)).toEqual([name]);
  await admin.delete(`${groups}/${encodeURIComponent(name)}`);
});

it.for(['größe-100%', '100%25', 'данные(1)'])('goes on behind %s, which the next link names', async (name) => {
  await admin.put(`${groups}/${encodeURIComponent(name)}`);
  const token = Buffer.from(name).toString('base64url');
  const list = `/subscriptions/${production}/resourcegroups?api-version=${GROUPS_VERSION}&$top=1000`;
  const after = await armGet(emulator, `${list}&$skiptoken=${token}`, await accessToken(emulator));
  expect(after.status).toBe(200);
  const names = after.body.value.map((group: { name: string }) => group.name);
  expect(names).not.toContain(name);
  expect(names.every((other: string) => other.toLowerCase() > name)).toBe(true);
  await admin.delete(`${groups}/${encodeURIComponent(name)}`);
});
