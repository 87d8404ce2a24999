import request from 'supertest';
import { expect, onTestFinished, test } from 'vitest';
import { processMetrics } from '../src/metrics.ts';
import type { ServerOptions } from '../src/server.ts';
import { identityProvider, verifier } from './identity-provider.ts';
import { pizzaServer } from './pizza.ts';

async function call(options: Partial<ServerOptions> = {}) {
  const server = await pizzaServer(options);
  onTestFinished(() => server.close());
  return request(server.server);
}

test.each(['/livez', '/healthz', '/readyz'])('200 to GET and HEAD on %s', async (path) => {
  const server = await pizzaServer();
  onTestFinished(() => server.close());
  expect((await request(server.server).get(path)).body).toMatchObject({ status: 'ok' });
  expect(await request(server.server).head(path)).toMatchObject({ status: 200 });
});

test('503 on /readyz names the part that is not ready; liveness does not ask', async () => {
  const readiness = async () => ({ ready: false, checks: { oven: 'failed' as const } });
  const server = await call({ readiness });
  const { status, body } = await server.get('/readyz');
  expect({ status, body }).toEqual({ status: 503, body: { status: 'not ready', checks: { oven: 'failed' } } });
});

test('liveness does not ask the parts', async () => {
  const readiness = () => Promise.reject(new Error('asked'));
  expect((await (await call({ readiness })).get('/livez')).status).toBe(200);
});

test('probes and metrics need no access token', async () => {
  const { authenticate } = verifier(identityProvider());
  const server = await pizzaServer({ authenticate });
  onTestFinished(() => server.close());
  for (const path of ['/livez', '/readyz', '/healthz', '/metrics', '/openapi.json'])
    expect((await request(server.server).get(path)).status).toBe(200);
  expect((await request(server.server).get('/pizzas/a')).status).toBe(401);
});

test('metrics count requests by route template, and name the build', async () => {
  const server = await pizzaServer({ registry: processMetrics('pizza', '1.2.3') });
  onTestFinished(() => server.close());
  await request(server.server).get('/pizzas/a');
  await request(server.server).get('/pizzas/b');
  await request(server.server).get('/nowhere/1');
  const { text } = await request(server.server).get('/metrics');
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/pizzas/:name",status="200"} 2');
  expect(text).toContain('route="unmatched",status="404"} 1');
  expect(text).toContain(`build_info{service="pizza",version="1.2.3",node="${process.versions.node}"} 1`);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
});
