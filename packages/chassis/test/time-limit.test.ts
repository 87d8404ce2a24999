import { PassThrough } from 'node:stream';
import { type FastifyReply, fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { answerError } from '../src/errors.ts';
import type { Server } from '../src/route.ts';
import { limitTime } from '../src/time-limit.ts';
import { openConnection } from './raw-client.ts';

type Handler = (reply: FastifyReply, baked: Promise<void>) => Promise<unknown>;

const never = new Promise<never>(() => {});

async function open(routes: (server: Server) => void): Promise<string> {
  const server: Server = fastify();
  server.setErrorHandler(answerError);
  limitTime(server, 60);
  routes(server);
  onTestFinished(() => server.close());
  return server.listen({ host: '127.0.0.1', port: 0 });
}

test.each([
  ['a request', {}],
  ['a request whose body was read', { method: 'POST', body: '"a"', headers: { 'content-type': 'application/json' } }],
])('503 for %s that gets no answer', async (_name, options) => {
  const url = await open((server) => server.route({ method: ['GET', 'POST'], url: '/', handler: () => never }));
  const answer = await fetch(url, options);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await answer.json()).toMatchObject({ status: 503, detail: 'The request took too long here.' });
});

test('408 for a request whose body does not arrive', async () => {
  const url = await open((server) => server.post('/', async () => 'done'));
  const { send, ended } = await openConnection(Number(new URL(url).port));
  const head = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n';
  const { status, body } = await send(`${head}"a`);
  expect(status).toBe(408);
  expect(JSON.parse(body)).toMatchObject({ status: 408, detail: 'The body took too long to arrive.' });
  await ended;
});

test('503 where a hook waits for ever', async () => {
  const url = await open((server) => {
    server.addHook('onRequest', () => never);
    server.get('/', async () => 'done');
  });
  expect((await fetch(url)).status).toBe(503);
});

test('a stream that does not end is cut off', async () => {
  const url = await open((server) => {
    server.get('/', (_request, reply) => {
      const slices = new PassThrough();
      slices.write('the first slice');
      return reply.send(slices);
    });
  });
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
});

async function stayUntilOthersWereEnded(options: object, handler: Handler): Promise<string> {
  const { promise: baked, resolve: bake } = Promise.withResolvers<void>();
  const url = await open((server) => {
    server.get('/stuck', () => never);
    server.get('/patient', options, (_request, reply) => handler(reply, baked));
  });
  const answer = fetch(`${url}/patient`);
  await fetch(`${url}/stuck`);
  await fetch(`${url}/stuck`);
  bake();
  return (await answer).text();
}

test('a route with a limit of its own has the time that it needs', async () => {
  const text = await stayUntilOthersWereEnded({ handlerTimeout: 60_000 }, async (_reply, baked) => {
    await baked;
    return 'done';
  });
  expect(text).toBe('done');
});

test('who took the connection over has the time that he needs', async () => {
  const text = await stayUntilOthersWereEnded({}, async (reply, baked) => {
    reply.hijack();
    reply.raw.write('almost ');
    await baked;
    reply.raw.end('done');
  });
  expect(text).toBe('almost done');
});
