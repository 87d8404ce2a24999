import type { FastifyPluginAsync, InjectOptions } from 'fastify';
import { onTestFinished } from 'vitest';
import { anybody } from '../src/auth.ts';
import { Problem } from '../src/problem.ts';
import { limitRate, type RateLimit } from '../src/rate-limit.ts';
import type { Routes } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';

/** A service that takes its callers at their word, but for mallory, and whose time is in the hands of the test. */
export async function limited(limit: RateLimit, verified: Promise<void> = Promise.resolve()) {
  const clock = { now: 0 };
  const routes: Routes = async (server) => {
    limitRate(server, limit, () => clock.now);
    server.get('/pizza', async () => ({}));
    server.get('/page', { config: { open: true } }, async () => ({}));
    server.get('/oven', { config: { roles: ['Baker'] } }, async () => ({}));
    server.get('/sold-out', () => {
      throw new Problem('unavailable', 'No dough.');
    });
    await server.register(other, { prefix: '/other' });
  };
  const authenticate = async (name?: string) => {
    await verified;
    if (name === 'mallory') throw new Problem('unauthenticated', 'No.');
    if (name === 'nobody knows') throw new Problem('unavailable', 'The issuer sleeps.');
    return name === undefined ? anybody : { id: name, roles: [] };
  };
  const server = await pizzaServer({ routes, authenticate, edge: { TRUSTED_PROXY_HOPS: 1 } });
  onTestFinished(() => server.close());
  const ask = async (request: InjectOptions) => {
    const { statusCode: status, headers, body } = await server.inject(request);
    const { 'ratelimit-policy': policy, ratelimit: left, 'retry-after': after } = headers;
    return { status, policy, left, after, body: body && JSON.parse(body) };
  };
  const get = (headers: Record<string, string> = {}, url = '/pizza') => ask({ url, headers });
  return { clock, get, ask };
}

const other: FastifyPluginAsync = async (scope) =>
  void scope.setNotFoundHandler(() => {
    throw new Problem('not-found', 'Not here either.');
  });

/** Headers of callers by their names. */
export const ada = { authorization: 'ada' };
export const eve = { authorization: 'eve' };
export const mallory = { authorization: 'mallory' };
