import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { HttpIntake } from '../src/http-intake.ts';
import type { Server } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';

const drainSeconds = 0.1;
const halfHeader = 'GET /livez HTTP/1.1\r\nHo';
const request = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const upgrade = 'Connection: upgrade\r\nUpgrade: dough\r\n';

async function open(prepare = (_server: Server): void => undefined) {
  const server = await pizzaServer();
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
    return { socket, ended: once(client, 'close') };
  };
  return { intake, connectionThatSent };
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
  const { intake, connectionThatSent } = await open((server) => {
    server.server.on('upgrade', (_request, socket: Socket) => void taken.push(socket));
  });
  const { ended } = await connectionThatSent(request('/livez', upgrade));
  const half = await connectionThatSent(halfHeader);
  const drained = intake.drain();
  await half.ended;
  expect(taken.map(({ destroyed }) => destroyed)).toEqual([false]);
  taken[0]?.destroy();
  await Promise.all([drained, ended]);
});
