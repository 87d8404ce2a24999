import { Type } from 'typebox';
import { expect, onTestFinished, test } from 'vitest';
import { Problem } from '../src/problem.ts';
import { problemResponses } from '../src/problem-responses.ts';
import { type Routes, route } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';

const bake = route({
  schema: {
    body: Type.Object({ slices: Type.Integer() }),
    response: { 201: Type.Object({ slices: Type.Integer() }), ...problemResponses('conflict', 'invalid') },
  },
  config: { roles: ['Bake'] },
  handler: async (request, reply) => {
    if (request.body.slices > 8) throw new Problem('conflict', 'The oven is in use.', { retryAfterSeconds: 3 });
    return reply.code(201).send(request.body);
  },
});

const routes: Routes = (server) => {
  server.post('/pizzas', bake);
  server.get('/menu', { schema: { response: { 200: Type.Object({}) } } }, async () => ({}));
  server.get('/page', { config: { open: true } }, async () => 'page');
};

async function pizzeria() {
  const server = await pizzaServer({ routes });
  onTestFinished(() => server.close());
  return server;
}

test('a described problem is sent whole, with its media type', async () => {
  const server = await pizzeria();
  const response = await server.inject({ method: 'POST', url: '/pizzas', payload: { slices: 9 } });
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toEqual({
    type: 'urn:seaworthy:problem:conflict',
    title: 'The request conflicts with the current state',
    status: 409,
    detail: 'The oven is in use.',
    instance: expect.any(String),
  });
});

test('a described 422 names its faults', async () => {
  const server = await pizzeria();
  const response = await server.inject({ method: 'POST', url: '/pizzas', payload: { slices: 'many' } });
  expect(response.json()).toMatchObject({ status: 422, errors: [{ pointer: '/slices', code: 'type' }] });
});

test('OpenAPI names the problems of a route, those of access by themselves', async () => {
  const { paths = {} } = (await pizzeria()).swagger();
  expect(Object.keys(paths['/pizzas']?.post?.responses ?? {})).toEqual(['201', '401', '403', '409', '422', 'default']);
  expect(Object.keys(paths['/menu']?.get?.responses ?? {})).toEqual(['200', '401', 'default']);
  expect(Object.keys(paths['/page']?.get?.responses ?? {})).toEqual(['default']);
  expect(paths['/pizzas']?.post?.responses).toMatchObject({
    409: {
      description: 'The request conflicts with the current state (RFC 9457).',
      content: { 'application/problem+json': { schema: { required: ['type', 'title', 'status'] } } },
    },
  });
});

test('OpenAPI says who may call: in which roles, with any token, or anybody', async () => {
  const { paths } = (await pizzeria()).swagger();
  expect(paths?.['/pizzas']?.post?.security).toEqual([{ bearer: ['Bake'] }]);
  expect(paths?.['/menu']?.get?.security).toEqual([{ bearer: [] }]);
  expect(paths?.['/page']?.get?.security).toEqual([]);
});
