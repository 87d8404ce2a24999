import { expect, onTestFinished, test } from 'vitest';
import { beginProblem } from '../src/errors.ts';
import { Problem } from '../src/problem.ts';
import type { Routes } from '../src/route.ts';
import { memoryLog, pizzaServer } from './pizza.ts';

/** A scope whose protocol has bodies of its own for errors. */
const routes: Routes = async (server) => {
  await server.register(
    async (scope) => {
      scope.setErrorHandler((error, request, reply) => {
        const { kind, message } = beginProblem(error, request, reply);
        return reply.type('application/soap+json').send({ own: kind, message });
      });
      scope.get('/guarded', { config: { roles: ['Bake'] } }, async () => ({}));
      scope.get('/sold-out', () => {
        throw new Problem('unavailable', 'No dough.', { retryAfterSeconds: 7 });
      });
      scope.get('/burnt', () => {
        throw new Error('the oven is on fire');
      });
    },
    { prefix: '/own' },
  );
};

async function call(url: string, options: { method?: 'DELETE'; refused?: Problem } = {}) {
  const memory = memoryLog();
  const authenticate = async () => {
    if (options.refused) throw options.refused;
    return { id: 'ada', roles: [] };
  };
  const server = await pizzaServer({ routes, authenticate, log: memory.log });
  onTestFinished(() => server.close());
  const { statusCode, headers, body } = await server.inject({ method: options.method ?? 'GET', url });
  return { status: statusCode, headers, body: JSON.parse(body), logged: memory.lines.map(({ msg }) => msg) };
}

test('401 has the body of its scope, and the challenge', async () => {
  const answer = await call('/own/guarded', { refused: new Problem('unauthenticated', 'No token.') });
  expect(answer).toMatchObject({ status: 401, body: { own: 'unauthenticated', message: 'No token.' } });
  expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'content-type': expect.stringMatching(/soap/) });
});

test('403 for want of a role has the body of its scope, and the challenge', async () => {
  const { status, headers, body } = await call('/own/guarded');
  expect({ status, body }).toMatchObject({ status: 403, body: { own: 'forbidden' } });
  expect(headers['www-authenticate']).toBe('Bearer error="insufficient_scope"');
});

test('405 has the body of its scope, and the methods that are allowed', async () => {
  const { status, headers, body } = await call('/own/guarded', { method: 'DELETE' });
  expect({ status, allow: headers['allow'], own: body.own }).toEqual({
    status: 405,
    allow: 'GET, HEAD',
    own: 'method-not-allowed',
  });
});

test('503 keeps its Retry-After', async () => {
  const { status, headers, body } = await call('/own/sold-out');
  expect({ status, after: headers['retry-after'], own: body.own }).toEqual({
    status: 503,
    after: '7',
    own: 'unavailable',
  });
});

test('500 tells nothing, and is logged once', async () => {
  const { status, body, logged } = await call('/own/burnt');
  expect({ status, body }).toEqual({ status: 500, body: { own: 'internal', message: '' } });
  expect(logged.filter((line) => line === 'request failed')).toHaveLength(1);
});
