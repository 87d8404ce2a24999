import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Preparation, PreparedAnswers } from '../src/prepared-answers.ts';
import { Problem } from '../src/problem.ts';
import type { ServerOptions } from '../src/server.ts';
import { pizzaServer } from './pizza.ts';
import { exchange, openConnection } from './raw-client.ts';

/** A server whose menu tells how often it was made; the router marks what passes it. */
async function menuServer({ fresh = 60_000, size = 0, ...options }: Partial<ServerOptions> & Kitchen = {}) {
  const prepared = new PreparedAnswers();
  let made = 0;
  const make = (): Preparation => {
    made += 1;
    if (made === 2 && size < 0) throw new Problem('unavailable', 'No dough.');
    const body = Buffer.from(JSON.stringify({ made, filling: 'x'.repeat(Math.max(0, size)) }));
    return { body, contentType: 'application/json', tag: `menu-${made}`, headers: {}, freshForMilliseconds: fresh };
  };
  const server = await pizzaServer({
    prepared,
    routes: (scope) => {
      scope.addHook('onRequest', async (_request, reply) => void reply.header('x-routed', 'yes'));
      scope.get('/menu/:day', async (request, reply) => prepared.reply(request, reply, make));
    },
    ...options,
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const { port } = server.server.address() as AddressInfo;
  return { server, port, prepared, url: `http://127.0.0.1:${port}`, made: () => made };
}

interface Kitchen {
  /** For how many milliseconds a menu is true. */
  fresh?: number;
  /** How many bytes it has in addition; below 0, the second one fails. */
  size?: number;
}

/** Fetches, and tells whether the router was asked. */
async function get(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, routed: response.headers.has('x-routed') };
}

test('the first caller is routed, the others get the same without the router', async () => {
  const { url } = await menuServer();
  const [first, second] = [await get(`${url}/menu/monday`), await get(`${url}/menu/monday`)];
  expect([first.routed, second.routed]).toEqual([true, false]);
  expect(second.text).toBe(first.text);
  for (const name of ['content-type', 'content-length', 'etag', 'vary', 'x-content-type-options'])
    expect(second.headers.get(name)).toBe(first.headers.get(name));
});

test('each URL has an answer of its own', async () => {
  const { url } = await menuServer();
  const paths = ['/menu/monday', '/menu/tuesday', '/menu/monday?x', '/menu/monday'];
  const texts: string[] = [];
  for (const path of paths) texts.push((await get(`${url}${path}`)).text);
  expect(texts.map((text) => JSON.parse(text).made)).toEqual([1, 2, 3, 1]);
});

test('what is no longer true goes to the router', async () => {
  const { url } = await menuServer({ fresh: 0 });
  const answers = [await get(`${url}/menu/monday`), await get(`${url}/menu/monday`)];
  expect(answers.map(({ routed, text }) => [routed, JSON.parse(text).made])).toEqual([
    [true, 1],
    [true, 2],
  ]);
});

test('what is cleared goes to the router', async () => {
  const { url, prepared } = await menuServer();
  await get(`${url}/menu/monday`);
  prepared.clear();
  expect(await get(`${url}/menu/monday`)).toMatchObject({ routed: true, text: expect.stringContaining('"made":2') });
});

test('a preparation that fails is not kept', async () => {
  const { url, prepared, made } = await menuServer({ size: -1 });
  await get(`${url}/menu/monday`);
  prepared.clear();
  const statuses = [await get(`${url}/menu/monday`), await get(`${url}/menu/monday`)].map(({ status }) => status);
  expect(statuses).toEqual([503, 200]);
  expect(made()).toBe(3);
});

test("the caller's request id is echoed where it is harmless, and replaced where it is not", async () => {
  const { url } = await menuServer();
  const ids: (string | null)[] = [];
  for (const id of ['order-7', 'order-8', 'a b'])
    ids.push((await get(`${url}/menu/monday`, { headers: { 'x-request-id': id } })).headers.get('x-request-id'));
  expect(ids).toEqual(['order-7', 'order-8', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

test('no request id of another caller is ever sent', async () => {
  const { url } = await menuServer();
  await get(`${url}/menu/monday`, { headers: { 'x-request-id': 'order-7' } });
  expect((await get(`${url}/menu/monday`)).headers.get('x-request-id')).toBeNull();
});

test('304 without a body to who has it, and HEAD with a length, both without the router', async () => {
  const { url } = await menuServer();
  const { headers, text } = await get(`${url}/menu/monday`);
  const known = await get(`${url}/menu/monday`, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
  expect(known).toMatchObject({ status: 304, text: '', routed: false });
  const head = await get(`${url}/menu/monday`, { method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, text: '', routed: false });
  expect(head.headers.get('content-length')).toBe(String(text.length));
});

test('a first HEAD prepares the answer of GET', async () => {
  const { url } = await menuServer();
  const head = await get(`${url}/menu/monday`, { method: 'HEAD' });
  const { routed, text } = await get(`${url}/menu/monday`);
  expect({ routed, length: head.headers.get('content-length') }).toEqual({ routed: false, length: `${text.length}` });
});

test('405 for other methods, as without a prepared answer', async () => {
  const { url } = await menuServer();
  await get(`${url}/menu/monday`);
  expect((await get(`${url}/menu/monday`, { method: 'DELETE' })).status).toBe(405);
});

test('a GET with a body is left to the router', async () => {
  const { url, port } = await menuServer();
  await get(`${url}/menu/monday`);
  const lines = ['GET /menu/monday HTTP/1.1', 'host: pizza', 'connection: close'];
  const plain = await exchange(port, [...lines, '', ''].join('\r\n'));
  const sized = await exchange(port, [...lines, 'content-length: 2', '', '{}'].join('\r\n'));
  const chunked = await exchange(port, [...lines, 'transfer-encoding: chunked', '', '0', '', ''].join('\r\n'));
  expect([plain, sized, chunked].map(({ headers }) => 'x-routed' in headers)).toEqual([false, true, true]);
});

test('large bodies and small ones arrive whole', async () => {
  for (const size of [0, 20_000]) {
    const { url } = await menuServer({ size });
    const [first, second] = [await get(`${url}/menu/monday`), await get(`${url}/menu/monday`)];
    expect(second).toMatchObject({ routed: false, text: first.text });
    expect(second.text.length).toBeGreaterThan(size);
  }
});

test('answers are counted by route and status, never by URL', async () => {
  const { url } = await menuServer();
  const { headers } = await get(`${url}/menu/monday`);
  await get(`${url}/menu/monday`);
  await get(`${url}/menu/monday`, { method: 'HEAD' });
  await get(`${url}/menu/monday`, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
  const { text } = await get(`${url}/metrics`);
  expect(text).toContain('http_prepared_answers_total{route="/menu/:day",status="200"} 2');
  expect(text).toContain('http_prepared_answers_total{route="/menu/:day",status="304"} 1');
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/menu/:day",status="200"} 1');
  expect((await get(`${url}/metrics`)).text).toContain('{route="/menu/:day",status="200"} 2'); // not counted twice
});

test('more than a thousand answers are not kept', async () => {
  const { server, url } = await menuServer();
  for (let nth = 0; nth < 1000; nth += 1) await server.inject(`/menu/${nth}`);
  expect((await get(`${url}/menu/0`)).routed).toBe(false);
  await server.inject('/menu/one-more');
  expect((await get(`${url}/menu/0`)).routed).toBe(true);
});

test('more than 32 MiB of answers are not kept', async () => {
  const { server, url } = await menuServer({ size: 8 * 1024 ** 2 });
  for (const day of ['1', '2', '3', '4']) await server.inject(`/menu/${day}`);
  expect((await get(`${url}/menu/1`)).routed).toBe(false);
  await server.inject('/menu/5');
  expect((await get(`${url}/menu/1`)).routed).toBe(true);
});

test('while the server drains, requests under way are answered by the router, which ends their connections', async () => {
  const { server, url, port } = await menuServer();
  await get(`${url}/menu/monday`);
  const connections = [await openConnection(port), await openConnection(port)];
  for (const connection of connections) connection.begin('GET /menu/monday HTTP/1.1\r\n');
  expect((await get(`${url}/menu/monday`)).routed).toBe(false); // by then the server has seen the begins
  const closed = server.close();
  for (const connection of connections) {
    const { headers } = await connection.send('host: pizza\r\n\r\n');
    expect(headers).toMatchObject({ 'x-routed': 'yes', connection: 'close' });
    await connection.ended;
  }
  await closed;
});
