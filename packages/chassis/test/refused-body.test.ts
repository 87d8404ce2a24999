import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { pizzaServer } from './pizza.ts';

/** Sends bodies as a gateway does: to their end, whatever is answered meanwhile. */
async function gateway(): Promise<Socket> {
  const server = await pizzaServer();
  await server.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(async () => {
    socket.destroy();
    await server.close();
  });
  await once(socket, 'connect');
  return socket.setEncoding('latin1');
}

function post(body: string, length = body.length): string {
  return `POST /pizzas HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`;
}

async function until(socket: Socket, pattern: RegExp): Promise<string> {
  let text = '';
  while (!pattern.test(text)) text += String((await once(socket, 'data'))[0]);
  return text;
}

it('413 leaves a connection usable whose body is sent to its end', async () => {
  const socket = await gateway();
  socket.write(post('', 100_000));
  expect(await until(socket, /\r\n\r\n\{.*\}$/)).not.toMatch(/^connection: close/im);
  socket.write('x'.repeat(100_000));
  socket.write(post('{"name":"a","slices":1}'));
  expect(await until(socket, /\}$/)).toMatch(/^HTTP\/1.1 201/);
});

it('400 for what is no JSON leaves the connection usable', async () => {
  const socket = await gateway();
  socket.write(post('{"name":'));
  expect(await until(socket, /\r\n\r\n\{.*\}$/)).toMatch(/^HTTP\/1.1 400/);
  socket.write(post('{"name":"a","slices":1}'));
  expect(await until(socket, /\}$/)).toMatch(/^HTTP\/1.1 201/);
});

it('413 closes the connection of a body that would be much to read', async () => {
  const socket = await gateway();
  socket.write(post('', 100_000_000));
  expect(await until(socket, /\r\n\r\n\{.*\}$/)).toMatch(/^connection: close/im);
  await once(socket, 'close');
});
