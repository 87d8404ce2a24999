import { expect, it } from 'vitest';
import { startService } from '../service.ts';
import { readTokens, tokenOf } from '../tokens.ts';
import { tryUpgrade, upgradeStatus } from '../upgrade.ts';

const guarded = (settings = {}) => startService({ authenticate: readTokens, settings });
const bearer = (channels: object) => ({ authorization: `Bearer ${tokenOf({ channels })}` });

async function ticketOf(url: string, channels: object): Promise<string> {
  const response = await fetch(`${url}/tickets`, { method: 'POST', headers: bearer(channels) });
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const { ticket, expiresInSeconds } = (await response.json()) as { ticket: string; expiresInSeconds: number };
  expect(expiresInSeconds).toBe(30);
  return ticket;
}

it.each([
  [101, { a: 'r' }],
  [101, { '*': 'rw' }],
  [403, { a: 'w' }],
  [403, { b: 'r' }],
  [403, {}],
  [401, { a: 'everything' }],
])('%i for a channel of the query with %j', async (status, channels) => {
  const { url } = await guarded();
  expect(await upgradeStatus(`${url}/ws?channel=a`, bearer(channels))).toBe(status);
});

it('403 says what would do, and nothing is subscribed', async () => {
  const service = await guarded();
  const { status, body } = await tryUpgrade(`${service.url}/ws?channel=b&channel=a`, bearer({ b: 'r' }));
  expect([status, body['detail']]).toEqual([403, expect.stringContaining('for "a"')]);
  await service.emptied();
});

it('a ticket does what the token would, once', async () => {
  const { url, log } = await guarded();
  const ticket = await ticketOf(url, { a: 'r' });
  expect(await upgradeStatus(`${url}/ws?channel=a&ticket=${ticket}`, {})).toBe(101);
  const again = await tryUpgrade(`${url}/ws?channel=a&ticket=${ticket}`);
  expect(again).toMatchObject({ status: 401, body: { detail: 'The ticket has been used.' } });
  expect(log.join()).not.toContain(ticket.slice(0, 30));
});

it('403 for what the ticket does not allow', async () => {
  const { url } = await guarded();
  expect(await upgradeStatus(`${url}/ws?channel=b&ticket=${await ticketOf(url, { a: 'r' })}`, {})).toBe(403);
});

it('401 for a ticket that is too old', async () => {
  const { url, clock } = await guarded();
  const ticket = await ticketOf(url, { a: 'r' });
  clock.pass(30_000);
  expect(await upgradeStatus(`${url}/ws?ticket=${ticket}`, {})).toBe(401);
});

it.each(['made.up', 'x', 'x'.repeat(13_000)])('no ticket: %.10s', async (ticket) => {
  const { url } = await guarded();
  expect([400, 401]).toContain(await upgradeStatus(`${url}/ws?ticket=${ticket}`, {}));
});

it.each([
  ['no token', undefined],
  ['a wrong one', 'Bearer bad'],
])('401 for a ticket with %s', async (_what, authorization) => {
  const { url } = await guarded();
  const headers: Record<string, string> = authorization ? { authorization } : {};
  expect((await fetch(`${url}/tickets`, { method: 'POST', headers })).status).toBe(401);
});

it('401 without a token for who asks for channels, or for no WebSocket', async () => {
  const { url } = await guarded();
  expect(await upgradeStatus(`${url}/ws?channel=a`, {})).toBe(401);
  expect((await fetch(`${url}/ws`)).status).toBe(401);
  expect(await upgradeStatus(`${url}/ws`, {})).toBe(101);
});

it('401 for a wrong token, also where a frame could show another one', async () => {
  const { url } = await guarded();
  expect(await upgradeStatus(`${url}/ws`, { authorization: 'Bearer bad' })).toBe(401);
  expect(await upgradeStatus(`${url}/ws`, { authorization: 'Bearer outage' })).toBe(503);
});

it('400 for two Authorization headers', async () => {
  const { url } = await guarded();
  const two = { authorization: ['Bearer x', 'Bearer bad'] as unknown as string };
  expect(await upgradeStatus(`${url}/ws`, two)).toBe(400);
});

it('503 when a tenth of all who fit have shown nothing, and room for who does', async () => {
  const service = await guarded({ MAX_CONNECTIONS: 20 });
  await Promise.all([service.open(), service.open()]);
  expect(await tryUpgrade(`${service.url}/ws`)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(await upgradeStatus(`${service.url}/ws`, bearer({}))).toBe(101);
  expect(await service.refused('strangers')).toBe(1);
});

it('room for another one when one has said who it is, and when one has gone', async () => {
  const service = await guarded({ MAX_CONNECTIONS: 10 });
  const known = await service.open();
  known.send(JSON.stringify({ type: 'auth', token: tokenOf() }));
  await known.next();
  const stranger = await service.open();
  expect(await upgradeStatus(`${service.url}/ws`, {})).toBe(503);
  await stranger.close();
  await expect.poll(() => upgradeStatus(`${service.url}/ws`, {})).toBe(101);
});
