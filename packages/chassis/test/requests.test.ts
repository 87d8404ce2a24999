import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '../src/route.ts';
import { memoryLog, pizzaServer } from './pizza.ts';

const memory = memoryLog();
let server: Server;
beforeAll(async () => {
  server = await pizzaServer({ log: memory.log });
});
afterAll(() => server.close());

const call = () => request(server.server);
const lastLine = () => memory.lines.at(-1);

test('200 with the values that the schema reads from the query', async () => {
  const { status, body } = await call().get('/pizzas/margherita'.slice(0, 12)).query({ slices: '6' });
  expect({ status, body }).toEqual({ status: 200, body: { name: 'marg', slices: 6 } });
});

test("the caller's request id and trace are carried through answer and log", async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const { headers } = await call().get('/pizzas/a').set({ 'x-request-id': 'order-7', traceparent });
  expect(headers['x-request-id']).toBe('order-7');
  expect(lastLine()).toMatchObject({ requestId: 'order-7', traceId: '4bf92f3577b34da6a3ce929d0e0e4736', status: 200 });
});

test.each(['', 'a b', 'x'.repeat(129), '{"a":1}'])('the request id %j is replaced', async (id) => {
  const { headers } = await call().get('/pizzas/a').set('x-request-id', id);
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test.each(['rubbish', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${'a'.repeat(32)}-00f067aa0ba902b7-01`])(
  'the traceparent %j begins a new trace',
  async (traceparent) => {
    await call().get('/pizzas/a').set({ traceparent });
    expect(lastLine()?.['traceId']).toMatch(/^(?!0{32}|a{32})[0-9a-f]{32}$/);
  },
);

test('the log names the path, never the query', async () => {
  await call().get('/pizzas/a?slices=3&code=hidden-in-query');
  expect(lastLine()).toMatchObject({ method: 'GET', path: '/pizzas/a', status: 400 });
  expect(memory.text()).not.toContain('hidden-in-query');
});

test.each(['/pizzas/a', '/nowhere', '/burnt'])(
  'answers carry the headers that browsers harden by: %s',
  async (path) => {
    const { headers } = await call().get(path);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';" +
        "img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';" +
        "style-src 'self' https: 'unsafe-inline'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'x-download-options': 'noopen',
      'x-frame-options': 'SAMEORIGIN',
      'x-permitted-cross-domain-policies': 'none',
      'x-xss-protection': '0',
    });
    expect(headers['x-powered-by']).toBeUndefined();
  },
);

test('two requests have different traces and spans', async () => {
  for (const _ of [1, 2]) await call().get('/pizzas/a');
  const [first, second] = memory.lines.slice(-2);
  expect(first?.['spanId']).toMatch(/^[0-9a-f]{16}$/);
  expect(second?.['spanId']).not.toBe(first?.['spanId']);
  expect(second?.['traceId']).not.toBe(first?.['traceId']);
});

test('OpenAPI 3.1 describes the routes and their problems, not the probes', async () => {
  const { body } = await call().get('/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toEqual(['/pizzas/{name}', '/pizzas', '/burnt', '/thrown', '/stream', '/sold-out']);
  expect(body.paths['/pizzas'].post.responses.default.content).toHaveProperty('application/problem+json');
});
