import { expect, test } from 'vitest';
import { ada, eve, limited } from './limited-server.ts';

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

test.each([
  ['::ffff:192.0.2.1'],
  ['::FFFF:192.0.2.1'],
  ['::ffff:c000:201'],
  ['0:0:0:0:0:ffff:c000:0201'],
  ['[::ffff:192.0.2.1]:4711'],
])('%s is 192.0.2.1', async (carried) => {
  const { get } = await limited({ requests: 1, seconds: 60 });
  const from = async (address: string) => (await get({ 'x-forwarded-for': address })).status;
  expect([await from(carried), await from('192.0.2.1'), await from('::ffff:192.0.2.2')]).toEqual([200, 429, 200]);
});

test('nobody is limited by a limit of 0, nor ever a probe', async () => {
  const { get } = await limited({ requests: 0, seconds: 60 });
  expect(await get(ada)).toMatchObject({ status: 200, left: undefined, policy: undefined });
  const strict = await limited({ requests: 1, seconds: 60 });
  for (const url of ['/livez', '/readyz', '/healthz', '/livez'])
    expect(await strict.get({}, url)).toMatchObject({ status: 200, left: undefined });
  expect(await strict.get()).toMatchObject({ status: 200 });
});
