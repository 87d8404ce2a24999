import { expect, it } from 'vitest';
import type { Faults } from '../faulty-source.ts';
import { crowd } from '../groups.ts';
import { A, B } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';
import { serve } from './serve.ts';

const both = () =>
  new Map([
    [A, ['rg-b', 'RG-c']],
    [B, ['rg-A']],
  ]);

it('200 with a bare array of names, in order, and its age', async () => {
  const { http } = await serve({ groups: both(), seconds: 7 });
  const { status, headers, body } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', age: '7' });
  expect(headers).not.toHaveProperty('x-missing-subscriptions');
  expect(body).toEqual(['rg-A', 'rg-b', 'RG-c']);
});

it('200 for this caller alone, who asks again each time', async () => {
  const { http } = await serve({ groups: both() });
  const { status, headers } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('private, no-cache');
});

it('200 with a name twice that two subscriptions use', async () => {
  const { http } = await serve({
    groups: new Map([
      [A, ['rg-x']],
      [B, ['rg-x']],
    ]),
  });
  expect((await http.get('/groupz')).body).toEqual(['rg-x', 'rg-x']);
});

it('200 with [] when there are no groups', async () => {
  const { http } = await serve({ groups: new Map([[A, []]]) });
  const { status, text } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(text).toBe('[]');
});

it('200 with every letter of a name as it is', async () => {
  const names = ['%d', '%s%s', 'a"b', 'rg-Über', '{}'];
  const { http } = await serve({ groups: new Map([[A, names]]) });
  const { status, body } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(body).toEqual(names);
});

it('503 with Retry-After while a subscription has not been tried', async () => {
  const { http } = await serve({ groups: both(), faults: new Map([[B, 'hangs']]) });
  const { status, headers, body } = await http.get('/groupz');
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:unavailable', detail: expect.stringContaining(B) });
  expect(body.detail).not.toContain(A);
});

it('200 naming what is missing once every subscription has been tried', async () => {
  const { http } = await serve({ groups: both(), faults: new Map([[B, failure('forbidden')]]) });
  const { status, headers, body } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(headers['x-missing-subscriptions']).toBe(B);
  expect(body).toEqual(['rg-b', 'RG-c']);
});

it('200 with no more than fifty names of what is missing, as proxies refuse long headers', async () => {
  const groups = crowd(60, 1);
  const faults: Faults = new Map([...groups.keys()].slice(0, 59).map((id) => [id, failure('forbidden')]));
  const { http } = await serve({ groups, faults });
  const { status, headers } = await http.get('/groupz');
  expect(status).toBe(200);
  const named = headers['x-missing-subscriptions']?.split(', ');
  expect(named).toEqual([...[...groups.keys()].slice(0, 50), 'and 9 more']);
});

it('200 without a subscription that is discovered later, until it is read', async () => {
  const found = [A];
  const list = async () => found.map((subscriptionId) => ({ subscriptionId, displayName: null, state: null }));
  const { http, advance, faults } = await serve({ groups: both(), options: { subscriptions: { list } } });
  await http.get('/groupz');
  found.push(B);
  faults.set(B, 'hangs');
  await advance(301);
  const { status, headers, body } = await http.get('/groupz');
  expect({ status, body }).toEqual({ status: 200, body: ['rg-b', 'RG-c'] });
  expect(headers['x-missing-subscriptions']).toBe(B);
});

it('200 with an older list of a subscription that fails later, which is not missing', async () => {
  const { http, faults, advance } = await serve({ groups: both() });
  faults.set(B, failure('unavailable'));
  await advance(90);
  const { status, headers, body } = await http.get('/groupz');
  expect(status).toBe(200);
  expect(headers['age']).toBe('90');
  expect(headers).not.toHaveProperty('x-missing-subscriptions');
  expect(body).toContain('rg-A');
});

it('503 when every subscription was tried in vain', async () => {
  const { http } = await serve({ groups: new Map([[A, []]]), faults: new Map([[A, failure('throttled', 40)]]) });
  const { status, headers } = await http.get('/groupz');
  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('42');
});

it('401 without an access token, when tokens are asked for', async () => {
  const auth = { AUTH: 'jwt', AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'groupz' } as const;
  const { http } = await serve({ groups: both(), auth });
  const { status, body } = await http.get('/groupz');
  expect(status).toBe(401);
  expect(body).toMatchObject({ type: 'urn:seaworthy:problem:unauthenticated' });
});

it('405 for another method', async () => {
  const { http } = await serve({ groups: both() });
  const { status, headers } = await http.post('/groupz').send({});
  expect(status).toBe(405);
  expect(headers['allow']).toBe('GET, HEAD');
});

it('is described by the OpenAPI document', async () => {
  const { http } = await serve({ groups: both() });
  const { body } = await http.get('/openapi.json');
  const { get } = body.paths['/groupz'];
  expect(get).toMatchObject({ operationId: 'listGroups', tags: ['resource groups'] });
  expect(Object.keys(get.responses['200'].headers)).toEqual(['age', 'etag', 'x-missing-subscriptions']);
  expect(get.responses['200'].content['application/json'].schema).toMatchObject({ type: 'array' });
});
