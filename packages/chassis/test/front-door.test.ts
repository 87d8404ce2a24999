import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { PreparedAnswers } from '../src/prepared-answers.ts';
import type { Routes, Server } from '../src/route.ts';
import { memoryLog, pizzaServer } from './pizza.ts';
import { exchange } from './raw-client.ts';

const id = '8d3b2c1a-5e4f-4a6b-9c7d-0e1f2a3b4c5d';
const otherId = '8d3b2c1a-5e4f-4a6b-9c7d-0e1f2a3b4c5e';

async function listening(routes: Routes, prepared?: PreparedAnswers) {
  const log = memoryLog();
  const server: Server = await pizzaServer({ edge: { FRONT_DOOR_ID: id }, routes, prepared, log: log.log });
  onTestFinished(() => server.close());
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const send = (line: string, ...headers: string[]) =>
    exchange(port, `${[`${line} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`);
  return { port, server, send, lines: () => log.lines };
}

const show: Routes = (server) => void server.get('/pizza', async () => ({ slices: 8 }));

test.each([id, id.toUpperCase()])('200 for what came through the door, whose id is %s', async (given) => {
  const { send } = await listening(show);
  const { status, body } = await send('GET /pizza', `X-Azure-FDID: ${given}`);
  expect({ status, body }).toEqual({ status: 200, body: '{"slices":8}' });
});

test.each([
  ['no id', []],
  ['an empty id', ['X-Azure-FDID: ']],
  ['another id', [`X-Azure-FDID: ${otherId}`]],
  ['a part of the id', [`X-Azure-FDID: ${id.slice(0, -1)}`]],
  ['more than the id', [`X-Azure-FDID: ${id}0`]],
  ['the id without hyphens', [`X-Azure-FDID: ${id.replaceAll('-', '')}`]],
  ['the id twice', [`X-Azure-FDID: ${id}`, `X-Azure-FDID: ${id}`]],
  ['the id after another', [`X-Azure-FDID: ${otherId}`, `X-Azure-FDID: ${id}`]],
  ['the id in braces', [`X-Azure-FDID: {${id}}`]],
])('403 for %s', async (_name, headers) => {
  const { send } = await listening(show);
  const { status, headers: answered, body } = await send('GET /pizza', ...headers, 'X-Request-Id: order-7');
  expect({ status, ...JSON.parse(body) }).toMatchObject({
    type: 'urn:seaworthy:problem:forbidden',
    instance: 'order-7',
  });
  expect(answered).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' });
  expect(body).not.toContain(id);
});

test.each([
  ['GET /livez'],
  ['GET /readyz'],
  ['GET /healthz'],
  ['GET /metrics'],
  ['GET /openapi.json'],
  ['GET /nowhere'],
  ['GET /%zz'],
  ['DELETE /pizza'],
  ['TRACE /pizza'],
  ['HEAD /pizza'],
  ['OPTIONS *'],
])('403 for %s too', async (line) => {
  const { send } = await listening(show);
  const { status, headers } = await send(line);
  expect({ status, routed: headers['x-content-type-options'] }).toEqual({ status: 403, routed: undefined });
});

test.each(['100-continue', 'pizza'])('403 instead of an answer to Expect: %s', async (expectation) => {
  const { send } = await listening(show);
  expect(await send('POST /pizza', `Expect: ${expectation}`, 'Content-Length: 0')).toMatchObject({ status: 403 });
  const through = await send('GET /pizza', `Expect: ${expectation}`, `X-Azure-FDID: ${id}`);
  expect(through.status).toBe(expectation === 'pizza' ? 417 : 100);
});

test('403 for a prepared answer', async () => {
  const prepared = new PreparedAnswers();
  const content = { body: Buffer.from('{}'), contentType: 'application/json', tag: 'menu', headers: {} };
  const menu: Routes = (server) =>
    void server.get('/menu', async (asked, reply) =>
      prepared.reply(asked, reply, () => ({ ...content, freshForMilliseconds: 600_000 })),
    );
  const { send } = await listening(menu, prepared);
  const statuses = [];
  for (const headers of [[`X-Azure-FDID: ${id}`], [`X-Azure-FDID: ${id}`], []])
    statuses.push((await send('GET /menu', ...headers)).status);
  expect(statuses).toEqual([200, 200, 403]);
  expect([...prepared.tallies.values()]).toEqual([{ 200: 1, 304: 0 }]);
});

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n';

test('403 for a WebSocket; one that came through the door is upgraded', async () => {
  const { port, server } = await listening(show);
  server.server.on('upgrade', (_request, socket) => socket.end(switching));
  const open = { port, path: '/pizza', headers: { connection: 'upgrade', upgrade: 'websocket' } };
  const refused = request({ ...open, headers: { ...open.headers, 'x-azure-fdid': otherId } }).end();
  const [{ statusCode }] = await once(refused, 'response');
  const through = request({ ...open, headers: { ...open.headers, 'x-azure-fdid': id } }).end();
  const [upgraded] = await once(through, 'upgrade');
  expect([statusCode, upgraded.statusCode]).toEqual([403, 101]);
});

test('what was refused is told at debug, without query', async () => {
  const { send, lines } = await listening(show);
  await send('GET /pizza?code=hidden');
  expect(lines().filter(({ msg }) => msg === 'not let in')).toMatchObject([
    { level: 'debug', path: '/pizza', peer: '127.0.0.1' },
  ]);
});
