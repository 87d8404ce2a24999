import { expect, onTestFinished, test } from 'vitest';
import { anybody } from '../src/auth.ts';
import { Problem } from '../src/problem.ts';
import { limitRate, type RateLimit } from '../src/rate-limit.ts';
import type { Routes } from '../src/route.ts';
import { pizzaServer } from './pizza.ts';

/** A service that takes its callers at their word, and whose time is in the hands of the test. */
async function limited(limit: RateLimit) {
  const clock = { now: 0 };
  const routes: Routes = async (server) => {
    server.get('/unlimited', async () => ({}));
    await server.register(async (scope) => {
      limitRate(scope, limit, () => clock.now);
      scope.get('/pizza', async () => ({}));
      scope.get('/page', { config: { open: true } }, async () => ({}));
      scope.get('/sold-out', () => {
        throw new Problem('unavailable', 'No dough.');
      });
    });
  };
  const authenticate = async (name?: string) => (name === undefined ? anybody : { id: name, roles: [] });
  const server = await pizzaServer({ routes, authenticate, edge: { TRUSTED_PROXY_HOPS: 1 } });
  onTestFinished(() => server.close());
  const get = async (headers: Record<string, string> = {}, url = '/pizza') => {
    const { statusCode: status, headers: answered, body } = await server.inject({ url, headers });
    const { 'ratelimit-policy': policy, ratelimit: left, 'retry-after': after } = answered;
    return { status, policy, left, after, body: JSON.parse(body) };
  };
  return { clock, get };
}

const ada = { authorization: 'ada' };
const eve = { authorization: 'eve' };
const limit = { requests: 2, seconds: 60 };

test('each answer tells the policy and what is left, also that of an error', async () => {
  const { clock, get } = await limited(limit);
  expect(await get(ada)).toMatchObject({ status: 200, policy: '"default";q=2;w=60', left: '"default";r=1;t=60' });
  clock.now = 30_500;
  const second = await get(ada, '/sold-out');
  expect(second).toMatchObject({ status: 503, policy: '"default";q=2;w=60', left: '"default";r=0;t=30' });
});

test('429 over the limit, with the time to wait', async () => {
  const { clock, get } = await limited(limit);
  await get(ada);
  await get(ada);
  clock.now = 59_999;
  const third = await get(ada);
  expect(third).toMatchObject({ status: 429, left: '"default";r=0;t=1', after: '1' });
  expect(third.body).toMatchObject({
    type: 'urn:seaworthy:problem:too-many-requests',
    detail: 'No more than 2 requests in 60 seconds are taken.',
  });
});

test('a window ends as it was told, however much was refused in it', async () => {
  const { clock, get } = await limited(limit);
  for (const now of [0, 20_000, 40_000, 59_000]) {
    clock.now = now;
    await get(ada);
  }
  clock.now = 60_000;
  expect(await get(ada)).toMatchObject({ status: 200, left: '"default";r=1;t=60' });
});

test('callers are counted apart; those that show no token by their address', async () => {
  const { get } = await limited({ requests: 1, seconds: 60 });
  const [here, there] = [{ 'x-forwarded-for': '192.0.2.1' }, { 'x-forwarded-for': '192.0.2.2' }];
  const statuses = [];
  for (const caller of [ada, eve, ada, here, there, here, { ...here, ...ada }, { authorization: 'address 192.0.2.9' }])
    statuses.push((await get(caller)).status);
  expect(statuses).toEqual([200, 200, 429, 200, 200, 429, 429, 200]);
});

test('on an open route callers are counted by their address', async () => {
  const { get } = await limited({ requests: 1, seconds: 60 });
  const from = async (address: string) => (await get({ 'x-forwarded-for': address, ...ada }, '/page')).status;
  expect([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')]).toEqual([200, 200, 429]);
});

test('the addresses of one IPv6 network are one caller', async () => {
  const { get } = await limited({ requests: 1, seconds: 60 });
  const from = async (address: string) => (await get({ 'x-forwarded-for': address })).status;
  expect(await from('2001:db8:0:1::1')).toBe(200);
  expect(await from('2001:db8::1:ffff:0:0:9')).toBe(429);
  expect(await from('2001:db8:0:2::1')).toBe(200);
  expect(await from('::ffff:192.0.2.1')).toBe(200);
  expect(await from('::ffff:192.0.2.2')).toBe(200);
});

test('whoever calls goes on being counted while very many others do', async () => {
  const { get } = await limited({ requests: 3, seconds: 60 });
  await get(ada);
  for (let caller = 0; caller < 21_000; caller += 1) {
    await get({ authorization: String(caller) });
    if (caller === 15_000) await get(ada);
  }
  expect(await get(ada)).toMatchObject({ status: 200, left: '"default";r=0;t=60' });
  expect(await get({ authorization: '0' })).toMatchObject({ status: 200, left: '"default";r=2;t=60' });
});

test('a scope beside is not limited, nor is any by a limit of 0', async () => {
  const { get } = await limited({ requests: 0, seconds: 60 });
  expect(await get(ada)).toMatchObject({ status: 200, left: undefined, policy: undefined });
  expect(await (await limited(limit)).get(ada, '/unlimited')).toMatchObject({ status: 200, left: undefined });
});
