import request from 'supertest';
import { expect, onTestFinished, test } from 'vitest';
import type { EdgeSettings } from '../src/edge-settings.ts';
import type { Routes } from '../src/route.ts';
import { memoryLog, pizzaServer } from './pizza.ts';

const routes: Routes = (server) =>
  void server.get('/client', async ({ ip, host, protocol }) => ({ ip, host, protocol }));

/** Who a server takes for the client of a request from 127.0.0.1, and what it logs as such. */
async function clientOf(edge: EdgeSettings, headers: Record<string, string>) {
  const memory = memoryLog();
  const server = await pizzaServer({ edge, routes, log: memory.log });
  onTestFinished(() => server.close());
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { status, body } = await request(server.server).get('/client').set(headers);
  expect(status).toBe(200);
  expect(memory.lines.at(-1)).toMatchObject({ msg: 'request answered', client: body.ip });
  return { ...body, text: memory.text() };
}

const chain = '203.0.113.7, 198.51.100.1, 192.0.2.2';

test.each<[EdgeSettings, string, string]>([
  [{}, chain, '127.0.0.1'],
  [{ TRUSTED_PROXY_HOPS: 0 }, chain, '127.0.0.1'],
  [{ TRUSTED_PROXY_HOPS: 1 }, chain, '192.0.2.2'],
  [{ TRUSTED_PROXY_HOPS: 2 }, chain, '198.51.100.1'],
  [{ TRUSTED_PROXY_HOPS: 3 }, chain, '203.0.113.7'],
  [{ TRUSTED_PROXY_HOPS: 10 }, chain, '203.0.113.7'],
  [{ TRUSTED_PROXY_HOPS: 2 }, '192.0.2.2', '192.0.2.2'],
  [{ TRUSTED_PROXIES: ['127.0.0.1', '192.0.2.0/24'] }, chain, '198.51.100.1'],
  [{ TRUSTED_PROXIES: ['127.0.0.0/8', '192.0.2.0/24', '198.51.100.1'] }, chain, '203.0.113.7'],
  [{ TRUSTED_PROXIES: ['127.0.0.0/8', '192.0.2.3/32'] }, chain, '192.0.2.2'],
  [{ TRUSTED_PROXIES: ['10.0.0.0/8'] }, chain, '127.0.0.1'],
  [{ TRUSTED_PROXIES: ['127.0.0.1', 'fd00::/8'] }, '2001:db8::7, fd12::1', '2001:db8::7'],
  [{ TRUSTED_PROXIES: ['127.0.0.1', '192.0.2.0/24'] }, '203.0.113.7, ::ffff:192.0.2.9', '203.0.113.7'],
  [{ TRUSTED_PROXY_HOPS: 1 }, '[2001:db8::7]:4711', '2001:db8::7'],
  [{ TRUSTED_PROXY_HOPS: 1 }, '203.0.113.7:4711', '203.0.113.7'],
])('behind %j, of X-Forwarded-For: %s the client is %s', async (edge, forwarded, client) => {
  expect(await clientOf(edge, { 'x-forwarded-for': forwarded })).toMatchObject({ ip: client });
});

test.each([
  ['unknown', '127.0.0.1'],
  ['203.0.113.7, _hidden', '127.0.0.1'],
  ['evil"},{"x":1, 192.0.2.2', '192.0.2.2'],
  ['evil evil', '127.0.0.1'],
  [',,,', '127.0.0.1'],
  ['', '127.0.0.1'],
  ['256.1.1.1', '127.0.0.1'],
  ['127.1', '127.0.0.1'],
  ['2001:db8::7%evil, 192.0.2.2', '192.0.2.2'],
  [`${'1'.repeat(5000)}`, '127.0.0.1'],
  [`${'evil, '.repeat(1500)}192.0.2.2`, '192.0.2.2'],
])('behind three hops, of %j only addresses are believed, or logged', async (forwarded, client) => {
  const { ip, text } = await clientOf({ TRUSTED_PROXY_HOPS: 3 }, { 'x-forwarded-for': forwarded });
  expect(ip).toBe(client);
  expect(text).not.toContain('evil');
});

test('host and scheme that a client makes up are believed of trusted proxies only', async () => {
  const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const untrusted = await clientOf({ TRUSTED_PROXIES: ['10.0.0.0/8'] }, headers);
  expect(untrusted).toMatchObject({ host: expect.stringContaining('127.0.0.1'), protocol: 'http' });
  const trusted = await clientOf({ TRUSTED_PROXIES: ['127.0.0.1'] }, headers);
  expect(trusted).toMatchObject({ host: 'evil.example', protocol: 'https' });
});
