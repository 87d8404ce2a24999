import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Service, startService } from '../service.ts';

/** A client, and its TCP socket to write to beside it. */
async function rawClient({ url }: Service) {
  const socket = new WebSocket(`${url}/ws`);
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  const { _socket: tcp } = socket as unknown as { _socket: Socket };
  return { socket, tcp, closed };
}

/** Resolves when the service has read what was sent before. */
async function wasRead(socket: WebSocket): Promise<void> {
  socket.ping();
  await once(socket, 'pong');
}

it('1008 for a frame that is not complete after 10 seconds, though bytes keep coming', async () => {
  const service = await startService();
  const { socket, tcp, closed } = await rawClient(service);
  await wasRead(socket);
  tcp.write(Buffer.of(0x81, 0xfe));
  for (let second = 0; second < 12; second++) {
    tcp.write(Buffer.of(1));
    await new Promise((resolve) => setImmediate(resolve));
    await fetch(`${service.url}/livez`);
    service.clock.pass(1000);
  }
  expect(await closed).toBe(1008);
});

it('1008 for a message in fragments that does not end, though pings come between', async () => {
  const service = await startService();
  const { socket, closed } = await rawClient(service);
  for (let second = 0; second < 12 && socket.readyState === WebSocket.OPEN; second++) {
    socket.send('x', { fin: false });
    await Promise.race([wasRead(socket), closed]);
    service.clock.pass(1000);
  }
  expect(await closed).toBe(1008);
});

it('a slow one that ends within 10 seconds is answered', async () => {
  const service = await startService();
  const { socket } = await rawClient(service);
  socket.send('{"type":"join",', { fin: false });
  await wasRead(socket);
  service.clock.pass(9000);
  socket.send('"channel":"a"}', { fin: true });
  expect(String((await once(socket, 'message'))[0])).toBe('{"type":"joined","channel":"a"}');
  service.clock.pass(9000);
  await wasRead(socket);
});

it.each<[string, (socket: WebSocket) => void]>([
  ['pings', (socket) => socket.ping()],
  ['pongs', (socket) => socket.pong()],
  ['empty fragments', (socket) => socket.send('', { fin: false })],
])('1008 for a flood of %s', async (_what, send) => {
  const { socket, closed } = await rawClient(await startService());
  for (let frame = 0; frame < 400; frame++) send(socket);
  expect(await closed).toBe(1008);
});
