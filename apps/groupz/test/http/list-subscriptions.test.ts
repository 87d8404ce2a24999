import { expect, it } from 'vitest';
import { A, B, C } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';
import { serve } from './serve.ts';

const path = '/v1/subscriptions';

it('200 with every subscription by id: how many groups, how fresh, why not', async () => {
  const groups = new Map([
    [C, ['rg-c']],
    [A, ['rg-a', 'rg-b']],
    [B, []],
  ]);
  const { http, faults, advance } = await serve({ groups, faults: new Map([[B, 'hangs']]) });
  faults.set(C, failure('throttled', 100));
  await advance(60);
  const { status, headers, body } = await http.get(path);
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('private, no-cache');
  const name = { displayName: null, state: null };
  expect(body.value).toMatchObject([
    { subscriptionId: A, ...name, resourceGroups: 2, freshness: { ageSeconds: 0, stale: false }, error: null },
    { subscriptionId: B, ...name, resourceGroups: null, freshness: null, error: { served: false } },
    {
      subscriptionId: C,
      resourceGroups: 1,
      freshness: { ageSeconds: 60, stale: true },
      error: { status: 429, code: 'Throttled', served: true, retryAfterSeconds: 105 },
    },
  ]);
});

it('200 with the names and states that Azure told', async () => {
  const subscriptions = { list: async () => [{ subscriptionId: A, displayName: 'Production', state: 'Enabled' }] };
  const { http } = await serve({ groups: new Map([[A, []]]), options: { subscriptions } });
  const { body } = await http.get(path);
  expect(body.value).toMatchObject([{ displayName: 'Production', state: 'Enabled', resourceGroups: 0 }]);
});

it('200 with the age of the oldest reading, and what is wrong once more in one place', async () => {
  const groups = new Map([
    [A, []],
    [B, []],
  ]);
  const { http, faults, advance } = await serve({ groups });
  faults.set(B, failure('forbidden'));
  await advance(65);
  const { headers, body } = await http.get(path);
  expect(headers['age']).toBe('65');
  expect(body).toMatchObject({
    freshness: { ageSeconds: 65, stale: true },
    errors: [{ subscriptionId: B, status: 403 }],
  });
});

it('304 while nothing but times change', async () => {
  const { http, groups, advance } = await serve({ groups: new Map([[A, ['rg-a']]]) });
  const { etag = '' } = (await http.get(path)).headers;
  await advance(65);
  expect((await http.get(path).set('if-none-match', etag)).status).toBe(304);
  groups.set(A, []);
  await advance(60);
  expect((await http.get(path).set('if-none-match', etag)).status).toBe(200);
});

it('503 that says so when there is none that may be read', async () => {
  const { http } = await serve({ groups: new Map() });
  const { status, body } = await http.get(path);
  expect(status).toBe(503);
  expect(body.detail).toBe('There is no subscription that may be read.');
});

it('503 with Retry-After until it is known which there are', async () => {
  const subscriptions = { list: () => Promise.reject(failure('forbidden')) };
  const { http } = await serve({ groups: new Map(), options: { subscriptions } });
  const { status, headers } = await http.get(path);
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});
