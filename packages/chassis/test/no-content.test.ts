import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Routes, Server } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';

const routes: Routes = (scope) => void scope.delete('/pizzas', async (_request, reply) => reply.code(204).send());
let server: Server;
beforeAll(async () => {
  server = await pizzaServer({ routes });
});
afterAll(() => server.close());

const eat = (headers: Record<string, string>, payload?: string) =>
  server.inject({ method: 'DELETE', url: '/pizzas', headers, ...(payload !== undefined && { payload }) });

describe('a DELETE', () => {
  it.for(['application/json', 'application/scim+json', 'text/plain', 'nothing'])(
    '204 without content, whatever type it names: %s',
    async (type) => {
      expect((await eat({ 'content-type': type })).statusCode).toBe(204);
      expect((await eat({ 'content-type': type, 'content-length': '0' })).statusCode).toBe(204);
    },
  );

  it('is refused with content that cannot be read', async () => {
    expect((await eat({ 'content-type': 'text/plain' }, 'x')).statusCode).toBe(415);
    expect((await eat({ 'content-type': 'application/json' }, '{')).statusCode).toBe(400);
  });
});
