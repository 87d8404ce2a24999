import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Routes, Server } from '../src/route.ts';
import { memoryLog, pizzaServer } from './pizza.ts';
import { exchange } from './raw-client.ts';

const memory = memoryLog();
let server: Server;
let address: string;
beforeAll(async () => {
  server = await pizzaServer({ log: memory.log });
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

const call = () => request(server.server);
const bake = (body: string, type = 'application/json') => call().post('/pizzas').set('content-type', type).send(body);

test('422 names every fault of a body', async () => {
  const { status, body, headers } = await bake('{"name":"","slices":"8","x/y":1}');
  expect(status).toBe(422);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:invalid', status: 422, instance: headers['x-request-id'] });
  expect(
    body.errors.map((fault: { pointer: string; code: string }) => `${fault.pointer} ${fault.code}`).toSorted(),
  ).toEqual(['/name minLength', '/slices type', '/x~1y unknown-field']);
});

test('422 lists at most twenty faults', async () => {
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1]));
  const { status, body } = await bake(JSON.stringify(fields));
  expect(status).toBe(422);
  expect(body.errors).toHaveLength(20);
});

test.each([
  ['malformed JSON', '{"name":', 400],
  ['an empty body', '', 400],
  ['a poisoned prototype', '{"__proto__":{"x":1},"name":"a","slices":1}', 400],
  ['a body over the limit', `{"name":"${'x'.repeat(70_000)}"}`, 413],
  ['JSON of another shape', '[[[[1]]]]', 422],
  ['null', 'null', 422],
])('%s is refused', async (_name, body, status) => {
  const response = await bake(body);
  expect(response.status).toBe(status);
  expect(response.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
});

test.each([
  ['bytes that are no UTF-8', Buffer.from('{"name":"a\xff\xfe","slices":1}', 'latin1'), {}, 400],
  [
    'a body in another character set',
    '{"name":"a","slices":1}',
    { 'content-type': 'application/json; Charset=utf-16' },
    415,
  ],
  ['a body in two of them', '{}', { 'content-type': 'application/json; charset=utf-8; charset="ibm037"' }, 415],
  ['a compressed body', gzipSync('{"name":"a","slices":1}'), { 'content-encoding': 'gzip' }, 415],
])('%s are refused', async (_name, body, headers, status) => {
  // Not through supertest, which writes buffers as JSON.
  const request = {
    method: 'POST',
    url: '/pizzas',
    headers: { 'content-type': 'application/json', ...headers },
  } as const;
  const response = await server.inject({ ...request, payload: body });
  expect(response.json()).toMatchObject({ status });
});

test.each([
  { 'content-type': 'application/json; charset="UTF-8"' },
  { 'content-type': 'application/json;charset=utf8; q=1' },
  { 'content-type': 'Application/JSON', 'content-encoding': 'Identity' },
])('201 for a body with %j', async (headers) => {
  const { status } = await call().post('/pizzas').set(headers).send('{"name":"a","slices":1}');
  expect(status).toBe(201);
});

test('415 for a media type that no route reads', async () => {
  expect((await bake('name=a', 'text/plain')).body).toMatchObject({ status: 415 });
  expect((await bake('<a/>', 'application/xml')).body).toMatchObject({ status: 415 });
});

test('400 for two media types of one body', async () => {
  const { port } = new URL(address);
  const types = 'Content-Type: application/json\r\ncontent-type: text/plain\r\n';
  const body = '{"name":"a","slices":1}';
  const head = `POST /pizzas HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${types}Content-Length: ${body.length}\r\n\r\n`;
  const answer = await exchange(Number(port), head + body);
  expect(JSON.parse(answer.body)).toMatchObject({ status: 400, detail: 'Send one Content-Type header.' });
});

test('400 names the faults of query and path', async () => {
  const { status, body } = await call().get('/pizzas/margheritaaaa?slices=1.5');
  expect(status).toBe(400);
  expect(body.errors[0]).toMatchObject({ pointer: 'name', code: 'maxLength' });
  expect((await call().get('/pizzas/a?slices=1.5')).body.errors[0]).toMatchObject({ pointer: '?slices', code: 'type' });
});

test('405 with the methods that are allowed', async () => {
  const { status, headers, body } = await call().delete('/pizzas');
  expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'POST' });
  expect(body.type).toBe('urn:seaworthy:problem:method-not-allowed');
});

test.each(['TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY', 'PATCH', 'OPTIONS'])('405 for %s, too', async (method) => {
  const { port } = new URL(address);
  const headers = 'Host: a\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n';
  const {
    status,
    headers: answered,
    body,
  } = await exchange(Number(port), `${method} /pizzas HTTP/1.1\r\n${headers}\r\nx`);
  expect({ status, allow: answered['allow'] }).toEqual({ status: 405, allow: 'POST' });
  expect(body).toContain('method-not-allowed');
});

test('405 at both paths of a route at the root of a prefix', async () => {
  const routes: Routes = async (scope) =>
    void (await scope.register(async (menu) => void menu.post('/', async () => ({})), { prefix: '/menu' }));
  const other = await pizzaServer({ routes });
  for (const url of ['/menu', '/menu/']) {
    const { statusCode: status, headers } = await other.inject({ method: 'DELETE', url });
    expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'POST' });
  }
  await other.close();
});

test('404 for an unknown path, 400 for one that is no URL', async () => {
  expect((await call().get('/calzone')).body).toMatchObject({ status: 404 });
  expect((await call().get('/%zz')).body).toMatchObject({ status: 400 });
});

test('a bug answers a bare 500 and is logged once with its stack', async () => {
  const { status, body, text } = await call().get('/burnt');
  expect(status).toBe(500);
  expect(Object.keys(body).toSorted()).toEqual(['instance', 'status', 'title', 'type']);
  expect(text).not.toContain('10.1.2.3');
  const logged = memory.lines.filter(({ msg }) => msg === 'request failed');
  expect(logged).toHaveLength(1);
  expect(JSON.stringify(logged)).toContain('the oven at 10.1.2.3 is on fire');
});

test.each(['null', 'undefined', 'a text'])('500 where %s is thrown', async (thrown) => {
  const { status, body } = await call().get('/thrown').query({ thrown });
  expect(status).toBe(500);
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:internal', status: 500 });
});

test('an outcome carries its Retry-After', async () => {
  const { status, headers, body } = await call().get('/sold-out');
  expect({ status, after: headers['retry-after'], detail: body.detail }).toEqual({
    status: 503,
    after: '7',
    detail: 'No dough.',
  });
});
