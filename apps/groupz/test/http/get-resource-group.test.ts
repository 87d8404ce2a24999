import { expect, it } from 'vitest';
import { groupOf } from '../groups.ts';
import { A, B } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';
import { serve } from './serve.ts';

const names = ['RG-Über', 'rg-100%41', 'rg-船', 'rg.(x)_-1', 'a b', 'a/b', 'a?b#c', '船'.repeat(90), '%'];
const world = () =>
  new Map([
    [A, names],
    [B, ['rg-b']],
  ]);
const pathOf = (id: string, name: string) => `/v1/subscriptions/${id}/resource-groups/${encodeURIComponent(name)}`;

it.each(names)('200 with the group %j', async (name) => {
  const { http } = await serve({ groups: world(), seconds: 7 });
  const { status, headers, body } = await http.get(pathOf(A, name));
  expect({ status, body }).toEqual({ status: 200, body: groupOf(name) });
  expect(headers).toMatchObject({ age: '7', etag: expect.any(String), 'cache-control': 'private, no-cache' });
});

it('200 in any case of both, with the casing that Azure keeps', async () => {
  const { http } = await serve({ groups: world() });
  const { status, body } = await http.get(pathOf(A.toUpperCase(), 'rg-ÜBER'));
  expect({ status, body }).toEqual({ status: 200, body: groupOf('RG-Über') });
});

it.each([
  ['a group that there is not', A, 'rg-a'],
  ['a group of another subscription', A, 'rg-b'],
  ['a subscription that is none of ours', '00000000-0000-4000-8000-000000000000', 'rg-b'],
  ['what is no subscription at all', 'production', 'rg-b'],
])('404 for %s', async (_what, id, name) => {
  const { http } = await serve({ groups: world() });
  const { status, body } = await http.get(pathOf(id, name));
  expect(status).toBe(404);
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:not-found', detail: expect.any(String) });
});

it.each(['%', '%zz', '%C3', '%E8%88'])('400 for the percent-encoding %j', async (broken) => {
  const { call } = await serve({ groups: world() });
  const { status, json } = await call(`/v1/subscriptions/${A}/resource-groups/${broken}`);
  expect(status).toBe(400);
  expect(json()).toMatchObject({ type: 'urn:seaworthy:problem:bad-request' });
});

it('200 as it was last, while its subscription fails; 503 once that is too old', async () => {
  const { http, faults, advance } = await serve({ groups: world(), staleLimitSeconds: 300 });
  faults.set(A, failure('unavailable'));
  await advance(300);
  const { status, headers } = await http.get(pathOf(A, 'rg-船'));
  expect({ status, age: headers['age'] }).toEqual({ status: 200, age: '300' });
  await advance(1);
  const late = await http.get(pathOf(A, 'rg-船'));
  expect(late.status).toBe(503);
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
});

it('503 until the subscription is read', async () => {
  const { http } = await serve({ groups: world(), faults: new Map([[A, 'hangs']]) });
  expect((await http.get(pathOf(A, 'rg-船'))).status).toBe(503);
  expect((await http.get(pathOf(B, 'rg-b'))).status).toBe(200);
});
