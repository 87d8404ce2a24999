import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';

let server: Server;
beforeAll(async () => {
  server = await pizzaServer();
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

/** Sends bytes, then more of them after the first answer, and returns all that came back. */
async function send(bytes: string, more?: string): Promise<string> {
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  const answer = text(socket);
  if (more !== undefined) socket.once('data', () => socket.write(more));
  socket.write(bytes);
  return answer;
}

test.each([
  ['what is not HTTP', 'HELO there\r\n\r\n', 400],
  ['headers over the limit', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['a URL over the limit', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 414],
  ['a folded header', 'GET /livez HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\n\r\n', 400],
  ['a line that ends without a carriage return', 'GET /livez HTTP/1.1\nhost: a\n\n', 400],
  ['an unknown transfer coding', 'POST /pizzas HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n', 400],
  ['two lengths', 'POST /pizzas HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
  [
    'length and chunks',
    'POST /pizzas HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
])('%s is answered as a problem and the connection closed', async (_name, bytes, status) => {
  const [head = '', body = ''] = (await send(bytes)).split('\r\n\r\n');
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head).toContain('content-type: application/problem+json');
  expect(JSON.parse(body)).toMatchObject({ status });
});

test.each(['rubbish\r\n\r\n', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n'])(
  'a request has its own answer, and the last one, whatever comes after it: %j',
  async (after) => {
    const answer = await send(`GET /pizzas/a HTTP/1.1\r\nhost: a\r\n\r\n${after}`);
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answer).toMatch(/^connection: close\r\n/im);
    expect(answer).toContain('\r\n\r\n{"name":"a","slices":8}');
    expect(answer).not.toContain('HTTP/1.1 400');
  },
);

test('400 for a body whose chunks are none, though its request has been taken', async () => {
  const head = 'POST /pizzas HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked';
  expect(await send(`${head}\r\n\r\nzz\r\n`)).toMatch(/^HTTP\/1.1 400 /);
});

test('rubbish after the beginning of an answer ends the connection, and is not answered inside of it', async () => {
  const answer = await send('GET /stream HTTP/1.1\r\nhost: a\r\n\r\n', 'rubbish\r\n\r\n');
  expect(answer).toContain('the first slice');
  expect(answer).not.toContain('HTTP/1.1 400');
});
