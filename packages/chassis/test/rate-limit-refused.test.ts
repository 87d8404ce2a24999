import type { InjectOptions } from 'fastify';
import { expect, test } from 'vitest';
import { ada, eve, limited, mallory } from './limited-server.ts';

const limit = { requests: 3, seconds: 60 };

test.each<[string, InjectOptions, number]>([
  ['a token that is none', { url: '/pizza', headers: mallory }, 401],
  ['a caller without the role', { url: '/oven', headers: ada }, 403],
  ['an unknown path', { url: '/nowhere' }, 404],
  ['an unknown path of a scope', { url: '/other/nowhere' }, 404],
  ['another method', { url: '/pizza', method: 'DELETE' }, 405],
  ['another method of a probe', { url: '/livez', method: 'DELETE' }, 405],
  ['an OPTIONS request', { url: '/pizza', method: 'OPTIONS' }, 405],
  ['what is no URL', { url: '/%zz' }, 400],
  ['a body that nobody reads', { url: '/pizza', method: 'GET', payload: 'a', headers: { 'content-type': 'a/b' } }, 200],
])('%s is counted', async (_name, request, status) => {
  const { ask } = await limited(limit);
  for (const left of [2, 1, 0]) expect(await ask(request)).toMatchObject({ status, left: `"default";r=${left};t=60` });
  const refused = await ask(request);
  expect(refused).toMatchObject({ status: 429, after: '60', policy: '"default";q=3;w=60', left: '"default";r=0;t=60' });
  expect(refused.body).toMatchObject({ type: 'urn:seaworthy:problem:too-many-requests' });
});

test('429 instead of a look at the token, where an address has sent too many bad ones', async () => {
  const { get, clock } = await limited(limit);
  for (const _ of [1, 2, 3]) expect(await get(mallory)).toMatchObject({ status: 401 });
  expect(await get(ada)).toMatchObject({ status: 429 });
  expect(await get({ ...ada, 'x-forwarded-for': '192.0.2.7' })).toMatchObject({ status: 200 });
  clock.now = 60_000;
  expect(await get(ada)).toMatchObject({ status: 200 });
});

test('a request with a good token is counted for its caller only, and once', async () => {
  const { get } = await limited(limit);
  for (const caller of [ada, eve])
    for (const left of [2, 1, 0]) expect(await get(caller)).toMatchObject({ left: `"default";r=${left};t=60` });
  expect(await get(ada)).toMatchObject({ status: 429 });
  expect(await get(ada, '/other/nowhere')).toMatchObject({ status: 429 });
  expect(await get(mallory)).toMatchObject({ status: 401, left: '"default";r=2;t=60' });
});

test('of many requests at the same time, no more than the limit are taken', async () => {
  const verified = Promise.withResolvers<void>();
  const { get } = await limited(limit, verified.promise);
  const bad = Array.from({ length: 9 }, () => get(mallory));
  verified.resolve();
  const statuses = (await Promise.all(bad)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([401, 401, 401, 429, 429, 429, 429, 429, 429]);
});

test('callers behind one address do not refuse each other by calling at the same time', async () => {
  const verified = Promise.withResolvers<void>();
  const { get } = await limited(limit, verified.promise);
  const callers = Array.from({ length: 9 }, (_, index) => ({ authorization: `caller ${index % 3}` }));
  const answers = callers.map((caller) => get(caller));
  verified.resolve();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(9).fill(200));
});

test('an outage of the issuer is not held against those who call during it', async () => {
  const { get } = await limited(limit);
  for (const _ of [1, 2, 3, 4]) expect(await get({ authorization: 'nobody knows' })).toMatchObject({ status: 503 });
  expect(await get(mallory)).toMatchObject({ status: 401, left: '"default";r=2;t=60' });
});
