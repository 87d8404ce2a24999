import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';
import { exchange } from './raw-client.ts';

let server: Server;
beforeAll(async () => {
  server = await pizzaServer();
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

const get = (target: string) =>
  exchange(
    (server.server.address() as AddressInfo).port,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  );

test.each(['/livez#a', 'http://b/livez#a', 'http://ada:secret@b/livez', 'http:///livez', 'http://b c/livez', 'livez'])(
  '400 and the end of the connection for the target %s',
  async (target) => {
    const { status, headers, body } = await get(target);
    expect({ status, connection: headers['connection'] }).toEqual({ status: 400, connection: 'close' });
    expect(JSON.parse(body)).toMatchObject({ type: 'urn:seaworthy:problem:bad-request' });
  },
);

test.each(['/livez', '/livez?a', 'http://b/livez', 'https://b:8443/livez?a'])('200 for %s', async (target) => {
  expect(await get(target)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
});

test.each(['//livez', '//b/livez', '/livez/', '/LIVEZ', '/a/../livez', '/livez;a', '*', 'http://b'])(
  '404 for %s, which is none of our paths',
  async (target) => {
    expect(await get(target)).toMatchObject({ status: 404 });
  },
);
