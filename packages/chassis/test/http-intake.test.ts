import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { HttpIntake } from '../src/http-intake.ts';
import type { Routes, Server } from '../src/route.ts';
import { pizzaRoutes, pizzaServer } from './pizza.ts';
import { openConnection } from './raw-client.ts';

const halfHeader = 'GET /livez HTTP/1.1\r\nHo';
const request = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const upgrade = 'Connection: upgrade\r\nUpgrade: dough\r\n';

interface Prepared {
  routes?: Routes;
  prepare?: (server: Server) => void;
  drainSeconds?: number;
}

async function open({ routes = pizzaRoutes, prepare = () => undefined, drainSeconds = 0.1 }: Prepared = {}) {
  const server = await pizzaServer({ routes });
  prepare(server);
  const intake = new HttpIntake(server, drainSeconds);
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => intake.cutOff());
  const { port } = server.server.address() as AddressInfo;
  const connectionThatSent = async (text: string) => {
    const accepted = once(server.server, 'connection') as Promise<[Socket]>;
    const client = connect(port, '127.0.0.1').resume(); // its end is seen after all that was sent to it
    client.write(text);
    const [socket] = await accepted;
    await vi.waitUntil(() => socket.bytesRead >= text.length);
    return { socket, client, ended: once(client, 'close') };
  };
  return { server, port, intake, connectionThatSent };
}

test.each([
  ['alone', halfHeader],
  ['behind an answered request', request('/livez') + halfHeader],
  ['behind a request whose offer of an upgrade nobody takes', request('/livez', upgrade) + halfHeader],
])('a half-sent header %s does not hold the drain up', async (_name, text) => {
  const { intake, connectionThatSent } = await open();
  const { ended } = await connectionThatSent(text);
  await intake.drain();
  await ended;
});

test.each([
  ['a stream', request('/stream')],
  [
    'a half-sent body',
    'POST /pizzas HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  ],
])('%s is waited for while a half-sent header is ended', async (_name, text) => {
  const { intake, connectionThatSent } = await open();
  const { socket, ended } = await connectionThatSent(text);
  const half = await connectionThatSent(halfHeader);
  const drained = intake.drain();
  await half.ended;
  expect(socket.destroyed).toBe(false);
  intake.cutOff();
  await Promise.all([drained, ended]);
});

test('an upgraded connection is left to who took it over', async () => {
  const taken: Socket[] = [];
  const { intake, connectionThatSent } = await open({
    prepare: ({ server }) => void server.on('upgrade', (_request, socket: Socket) => void taken.push(socket)),
  });
  const { ended } = await connectionThatSent(request('/livez', upgrade));
  const half = await connectionThatSent(halfHeader);
  const drained = intake.drain();
  await half.ended;
  expect(taken.map(({ destroyed }) => destroyed)).toEqual([false]);
  taken[0]?.destroy();
  await Promise.all([drained, ended]);
});

const refusedBody = 'POST /pizzas HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

test.each([
  ['from the router', request('/livez')],
  ['to an unknown path', request('/nowhere')],
  ['to what is no URL', request('/%zz')],
  ['to a body that is refused', refusedBody],
])('winding down, an answer %s is the last of its connection', async (_name, text) => {
  const { intake, port } = await open();
  const { send, ended } = await openConnection(port);
  expect((await send(request('/livez'))).headers).toMatchObject({ connection: 'keep-alive' });
  intake.windDown();
  expect((await send(text)).headers).toMatchObject({ connection: 'close' });
  await ended;
});

test('winding down, so is an answer that was due before', async () => {
  const [asked, baked] = [Promise.withResolvers<void>(), Promise.withResolvers<object>()];
  const routes: Routes = (server) =>
    void server.get('/slow', () => {
      asked.resolve();
      return baked.promise;
    });
  const { intake, port } = await open({ routes });
  const { send, ended } = await openConnection(port);
  const answer = send(request('/slow'));
  await asked.promise;
  intake.windDown();
  baked.resolve({});
  expect((await answer).headers).toMatchObject({ connection: 'close' });
  await ended;
});

test('winding down goes on listening, a drain does not', async () => {
  const { server, intake, port } = await open();
  intake.windDown();
  expect(await (await openConnection(port)).send(request('/livez'))).toMatchObject({ status: 200 });
  await intake.drain();
  expect(server.server.listening).toBe(false);
});

test('a drain ends who has not asked since the end began, before who has begun to ask', async () => {
  const { intake, connectionThatSent } = await open({ drainSeconds: 1 });
  const { ended } = await connectionThatSent(request('/livez'));
  intake.windDown();
  const half = await connectionThatSent(halfHeader);
  const drained = intake.drain();
  await ended;
  expect(half.socket.destroyed).toBe(false);
  await drained;
});

test('a drain that begins at once leaves time for a request that is on its way', async () => {
  const { intake, port } = await open({ drainSeconds: 4 });
  const { send, ended } = await openConnection(port);
  await send(request('/livez'));
  const drained = intake.drain();
  for (const _ of [1, 2, 3]) await setImmediate();
  expect(await send(request('/livez'))).toMatchObject({ status: 200, headers: { connection: 'close' } });
  await Promise.all([ended, drained]);
});
