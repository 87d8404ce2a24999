import { expect, it } from 'vitest';
import { startService } from '../service.ts';
import { readTokens, start, tokenOf } from '../tokens.ts';

const guarded = () => startService({ authenticate: readTokens });
const bearer = (channels: object, exp = start + 3600) => ({ authorization: `Bearer ${tokenOf({ channels, exp })}` });

it.each([
  [200, { a: 'r' }],
  [403, { a: 'w' }],
  [403, {}],
  [401, { a: 1 }],
])('%i for the events of a channel with %j', async (status, channels) => {
  const { url } = await guarded();
  const response = await fetch(`${url}/events?channel=a`, { headers: bearer(channels) });
  expect(response.status).toBe(status);
  await response.body?.cancel();
});

it('401 for events without a token, as with a wrong one', async () => {
  const { url } = await guarded();
  for (const headers of [{}, { authorization: 'Bearer bad' }]) {
    const response = await fetch(`${url}/events?channel=a`, { headers });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer/),
    ]);
  }
});

it('events come with a ticket, too, once', async () => {
  const { url } = await guarded();
  const issued = await fetch(`${url}/tickets`, { method: 'POST', headers: bearer({ a: 'r' }) });
  const { ticket } = (await issued.json()) as { ticket: string };
  const statuses: number[] = [];
  for (const _ of [1, 2]) {
    const response = await fetch(`${url}/events?channel=a&ticket=${ticket}`);
    statuses.push(response.status);
    await response.body?.cancel();
  }
  expect(statuses).toEqual([200, 401]);
});

it('events end 25 seconds after the token has', async () => {
  const { url, clock } = await guarded();
  const response = await fetch(`${url}/events?channel=a`, { headers: bearer({ a: 'r' }, start + 10) });
  clock.pass(36_000);
  expect(await response.text()).toContain('retry:');
});

it.each([
  [200, { a: 'w' }],
  [403, { a: 'r' }],
  [401, 'everything'],
])('%i for a message to a channel with %j', async (status, channels) => {
  const { url } = await guarded();
  const headers = { 'content-type': 'text/plain', ...bearer(channels as object) };
  const response = await fetch(`${url}/channels/a/messages`, { method: 'POST', headers, body: 'x' });
  expect(response.status).toBe(status);
});

it('403 for tickets to pages of another origin', async () => {
  const { url } = await guarded();
  const headers = { ...bearer({}), origin: 'https://elsewhere.example' };
  expect((await fetch(`${url}/tickets`, { method: 'POST', headers })).status).toBe(403);
});
