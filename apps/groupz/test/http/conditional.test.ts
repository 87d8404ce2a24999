import { expect, it } from 'vitest';
import { crowd } from '../groups.ts';
import { A, B } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';
import { serve } from './serve.ts';

const one = `/v1/subscriptions/${A}/resource-groups/rg-a`;
const paths = ['/groupz', '/v1/resource-groups', '/v1/resource-groups?pageSize=1', one];

const both = () =>
  new Map([
    [A, ['rg-a']],
    [B, ['rg-b']],
  ]);

it.each(paths)('the same strong ETag of %s as long as only the age changes', async (path) => {
  const { call, advance } = await serve({ groups: both() });
  const first = await call(path);
  await advance(185);
  const later = await call(path);
  expect(first.headers['etag']).toMatch(/^"[\w-]{22}"$/);
  expect(later.headers['etag']).toBe(first.headers['etag']);
  expect(later.headers['age']).toBe('5');
});

it.each(paths)('another ETag of %s when a group has changed', async (path) => {
  const { call, groups, advance } = await serve({ groups: both() });
  const before = await call(path);
  groups.set(A, [path === one ? ({ name: 'rg-a', location: 'uksouth' } as never) : 'rg-0']);
  await advance(60);
  const after = await call(path, { headers: { 'if-none-match': before.headers['etag'] } });
  expect(after.status).toBe(200);
  expect(after.headers['etag']).not.toBe(before.headers['etag']);
});

it.each(['/groupz', '/v1/resource-groups'])('another ETag of %s when a subscription begins to fail', async (path) => {
  const groups = new Map([...both(), [B, []]]); // of an empty subscription nothing but the errors can tell
  const { call, faults, advance } = await serve({ groups, staleLimitSeconds: 119 });
  const before = await call(path);
  faults.set(B, failure('forbidden'));
  await advance(60);
  const failing = await call(path);
  await advance(61);
  const missing = await call(path);
  expect(new Set([before, failing, missing].map(({ headers }) => headers['etag'])).size).toBe(3);
});

it('the same ETag while the seconds to the next reading are counted down', async () => {
  const { call, advance } = await serve({ groups: both(), faults: new Map([[B, failure('throttled', 300)]]) });
  const first = await call('/v1/resource-groups');
  await advance(60);
  const later = await call('/v1/resource-groups');
  expect(later.body).not.toEqual(first.body);
  expect(later.headers['etag']).toBe(first.headers['etag']);
});

it('another ETag of a page that leads on in another snapshot', async () => {
  const { call, groups, advance } = await serve({ groups: both() });
  const before = await call('/v1/resource-groups?pageSize=1');
  groups.set(B, ['rg-c']);
  await advance(60);
  const after = await call('/v1/resource-groups?pageSize=1');
  expect(after.json()).toMatchObject({ value: [{ name: 'rg-a' }] });
  expect(after.headers['etag']).not.toBe(before.headers['etag']);
});

it.each(['/groupz', '/v1/subscriptions', one])('400 of %s with a parameter: it has none', async (path) => {
  const { call } = await serve({ groups: both() });
  expect((await call(`${path}?location=westeurope`)).status).toBe(400);
});

it('another ETag of a page whose token another key has signed', async () => {
  const [before, after] = [await serve({ groups: both() }), await serve({ groups: both(), key: 'another key' })];
  const path = '/v1/resource-groups?pageSize=1';
  expect((await after.call(path)).headers['etag']).not.toBe((await before.call(path)).headers['etag']);
});

it.each(paths)('304 of %s without a body to who has it, on GET and HEAD', async (path) => {
  const { call } = await serve({ groups: both(), seconds: 7 });
  const { etag = '' } = (await call(path)).headers;
  for (const method of ['GET', 'HEAD']) {
    const { status, headers, body } = await call(path, { method, headers: { 'if-none-match': etag } });
    expect({ status, length: body.length }).toEqual({ status: 304, length: 0 });
    expect(headers).toMatchObject({ etag, age: '7', 'cache-control': 'private, no-cache', vary: 'accept-encoding' });
    expect(headers).not.toHaveProperty('content-type');
  }
});

it.each([
  ['in a list', (etag: string) => `"other", ${etag} , "more"`],
  ['weakly', (etag: string) => `W/${etag}`],
  ['any', () => '*'],
  ['of another coding', (etag: string) => etag.replace(/"$/, '-gzip"')],
])('304 to who names the ETag %s', async (_how, naming) => {
  const { call } = await serve({ groups: both() });
  const { etag = '' } = (await call('/groupz')).headers;
  expect((await call('/groupz', { headers: { 'if-none-match': naming(etag) } })).status).toBe(304);
});

it.each(['"other"', 'no tag at all', '', '"*"'])('200 to who has something else: %j', async (value) => {
  const { call } = await serve({ groups: both() });
  await call('/groupz');
  expect((await call('/groupz', { headers: { 'if-none-match': value } })).status).toBe(200);
});

it.each([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['*', 'br'],
  ['deflate', undefined],
  ['identity', undefined],
  ['identity;q=0', undefined],
  ['identity;q=0, gzip', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
])('200 for Accept-Encoding %j as %s, with the same groups and an ETag of its own', async (accepted, coding) => {
  const { call } = await serve({ groups: crowd(1, 90) });
  const plain = await call('/v1/resource-groups');
  const answer = await call('/v1/resource-groups', { headers: { 'accept-encoding': accepted } });
  expect(answer.headers['content-encoding']).toBe(coding);
  expect(answer.json()).toEqual(plain.json());
  expect(answer.headers['content-length']).toBe(String(answer.body.length));
  expect(answer.headers['etag']).toBe(plain.headers['etag']?.replace(/"$/, coding ? `-${coding}"` : '"'));
});

it('200 uncompressed while the body is small', async () => {
  const { call } = await serve({ groups: both() });
  const { headers } = await call('/v1/resource-groups', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(headers).not.toHaveProperty('content-encoding');
  expect(headers['vary']).toBe('accept-encoding');
});

it.each(paths)('200 on HEAD of %s with the headers of GET and no body, first or later', async (path) => {
  const { call } = await serve({ groups: both() });
  const first = await call(path, { method: 'HEAD' });
  const { headers } = await call(path);
  const later = await call(path, { method: 'HEAD' });
  const same = ['content-length', 'content-type', 'etag', 'age', 'vary', 'cache-control'];
  for (const { status, body, headers: own } of [first, later]) {
    expect({ status, length: body.length }).toEqual({ status: 200, length: 0 });
    expect(same.map((name) => own[name])).toEqual(same.map((name) => headers[name]));
  }
});

it.each(paths)(
  '200 of %s to the second caller as to the first, but for headers that protect documents',
  async (path) => {
    const { call } = await serve({ groups: both(), seconds: 3 });
    const [first, second] = [await call(path), await call(path)];
    expect(second.body).toEqual(first.body);
    const { date, ...headers } = second.headers;
    expect(first.headers).toMatchObject(headers);
    const names = ['age', 'cache-control', 'content-type', 'etag', 'vary', 'x-content-type-options'];
    expect(headers).toMatchObject(Object.fromEntries(names.map((name) => [name, expect.any(String)])));
  },
);
