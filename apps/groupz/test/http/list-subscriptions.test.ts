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

it('503 with Retry-After until it is known which there are', async () => {
  const subscriptions = { list: () => Promise.reject(failure('forbidden')) };
  const { http } = await serve({ groups: new Map(), options: { subscriptions } });
  const { status, headers } = await http.get(path);
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});
