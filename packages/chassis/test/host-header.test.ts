import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PreparedAnswers } from '../src/prepared-answers.ts';
import type { Routes, Server } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';
import { exchange } from './raw-client.ts';

const prepared = new PreparedAnswers();
const content = { body: Buffer.from('{}'), contentType: 'application/json', tag: 'menu', headers: {} };
const routes: Routes = (server) =>
  void server.get('/menu', async (request, reply) =>
    prepared.reply(request, reply, () => ({ ...content, freshForMilliseconds: 600_000 })),
  );

let server: Server;
let upgrades = 0;
beforeAll(async () => {
  server = await pizzaServer({ routes, prepared });
  server.server.on('upgrade', (_request, socket) => {
    upgrades += 1;
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: dough\r\n\r\n');
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

const send = (line: string, headers: readonly string[]) =>
  exchange((server.server.address() as AddressInfo).port, `${[line, ...headers, '', ''].join('\r\n')}`);

test.each([
  ['none', []],
  ['two', ['Host: a', 'host: b']],
  ['the same twice', ['Host: a', 'Host: a']],
  ['a space', ['Host: a b']],
  ['a user', ['Host: user@a']],
  ['a path', ['Host: a/b']],
  ['a query', ['Host: a?b']],
  ['a list', ['Host: a,b']],
  ['a list with a space', ['Host: a, b']],
  ['a scheme', ['Host: http://a']],
  ['a port that is no number', ['Host: a:80x']],
  ['two ports', ['Host: a:80:81']],
  ['a backslash', ['Host: a\\b']],
  ['half a percent-encoding', ['Host: a%4']],
  ['bytes beyond ASCII', ['Host: bücher.example']],
  ['IPv6 without brackets', ['Host: ::1']],
  ['brackets around no address', ['Host: [a]']],
  ['brackets with more behind', ['Host: [::1]a']],
  ['a zone', ['Host: [fe80::1%eth0]']],
])('400 and the end of the connection for %s as Host', async (_name, hosts) => {
  for (const path of ['/livez', '/menu', '/nowhere']) {
    const { status, headers, body } = await send(`GET ${path} HTTP/1.1`, hosts);
    expect(status).toBe(400);
    expect(headers).toMatchObject({ connection: 'close', 'content-type': 'application/problem+json; charset=utf-8' });
    expect(JSON.parse(body)).toMatchObject({
      type: 'urn:seaworthy:problem:bad-request',
      instance: headers['x-request-id'],
    });
  }
});

test.each([
  '',
  'a',
  'users.example.com',
  'users.example.com:8080',
  'users.example.com:',
  '192.0.2.1:80',
  '[2001:db8::1]',
  '[::ffff:192.0.2.1]:8080',
  'a_b.example',
  'b%C3%BCcher.example',
])('200 for the host %j', async (host) => {
  for (const path of ['/livez', '/menu'])
    expect(await send(`GET ${path} HTTP/1.1`, [`Host: ${host}`, 'Connection: close'])).toMatchObject({ status: 200 });
});

test('HTTP/1.0 needs no host, but takes only one', async () => {
  expect(await send('GET /livez HTTP/1.0', [])).toMatchObject({ status: 200 });
  expect(await send('GET /livez HTTP/1.0', ['Host: a', 'Host: b'])).toMatchObject({ status: 400 });
});

test('a request for another protocol is looked at, too', async () => {
  const upgrade = ['Connection: upgrade', 'Upgrade: dough'];
  expect(await send('GET /livez HTTP/1.1', ['Host: a, b', ...upgrade])).toMatchObject({ status: 400 });
  expect(upgrades).toBe(0);
  expect(await send('GET /livez HTTP/1.1', ['Host: a', ...upgrade])).toMatchObject({ status: 101 });
});
