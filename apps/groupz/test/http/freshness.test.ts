import { expect, it } from 'vitest';
import { SourceFailure } from '../../src/source-failure.ts';
import { A, B } from '../refresh-options.ts';
import { failure } from '../scripted-source.ts';
import { serve } from './serve.ts';

const path = '/v1/resource-groups';
const nobody = '00000000-0000-4000-8000-000000000000';

const both = () =>
  new Map([
    [A, ['rg-a']],
    [B, ['rg-b']],
  ]);

const throttled = new SourceFailure('throttled', 'Too many reads.', {
  retryAfterSeconds: 100,
  evidence: { status: 429, code: 'SubscriptionRequestsThrottled' },
});

it('200 with the age of the oldest part, in Age as in freshness', async () => {
  const { http, advance } = await serve({ groups: both() });
  await advance(59.9);
  const { headers, body } = await http.get(path);
  expect(headers['age']).toBe('59');
  expect(body.freshness).toMatchObject({ ageSeconds: 59, stale: false });
});

it('200 while one subscription is throttled: its older groups, why, and when it is read again', async () => {
  const { http, faults, advance } = await serve({ groups: both() });
  faults.set(B, throttled);
  await advance(60);
  const { status, body } = await http.get(path);
  expect(status).toBe(200);
  expect(body.value).toMatchObject([{ name: 'rg-a' }, { name: 'rg-b' }]);
  expect(body.freshness).toMatchObject({ ageSeconds: 60, stale: true });
  const told = { subscriptionId: B, status: 429, code: 'SubscriptionRequestsThrottled', served: true };
  expect(body.errors).toEqual([{ ...told, retryAfterSeconds: 105 }]);
});

it('200 with the seconds counted down to the next reading, and without errors after it', async () => {
  const { http, faults, advance } = await serve({ groups: both(), faults: new Map([[B, throttled]]) });
  await advance(60);
  const errors = async () => (await http.get(path)).body.errors;
  expect(await errors()).toMatchObject([{ subscriptionId: B, served: false, retryAfterSeconds: 45 }]);
  faults.clear();
  await advance(45);
  expect(await errors()).toEqual([]);
});

it('200 without a subscription that has not been read, which is told', async () => {
  const { http } = await serve({ groups: both(), faults: new Map([[B, 'hangs']]) });
  const { status, body } = await http.get(path);
  expect(status).toBe(200);
  expect(body.value).toMatchObject([{ name: 'rg-a' }]);
  expect(body.errors).toMatchObject([{ subscriptionId: B, status: 503, code: 'NotLoadedYet', served: false }]);
});

it('200 for the healthy alone says nothing of the others', async () => {
  const { http } = await serve({ groups: both(), faults: new Map([[B, throttled]]) });
  const { status, body } = await http.get(`${path}?subscription=${A}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ errors: [], freshness: { stale: false } });
});

it('200 stale when a reading is overdue, though none has failed', async () => {
  const { http, faults, advance } = await serve({ groups: both(), options: { deadlineSeconds: 600 } });
  for (const id of [A, B]) faults.set(id, 'hangs');
  await advance(150);
  expect((await http.get(path)).body).toMatchObject({ freshness: { stale: false } });
  await advance(1);
  expect((await http.get(path)).body).toMatchObject({ freshness: { ageSeconds: 151, stale: true }, errors: [] });
});

it('200 without what is too old to be served, which is told; 503 with Retry-After when nothing is left', async () => {
  const { http, faults, advance } = await serve({ groups: both(), staleLimitSeconds: 300 });
  faults.set(B, failure('unavailable'));
  await advance(301);
  const partial = await http.get(path);
  expect(partial.body.value).toMatchObject([{ name: 'rg-a' }]);
  expect(partial.body.errors).toMatchObject([{ subscriptionId: B, code: 'Unavailable', served: false }]);
  faults.set(A, new SourceFailure('throttled', '', { retryAfterSeconds: 900 }));
  await advance(420);
  const { status, headers, body } = await http.get(path);
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(body.detail).toContain(A);
});

it('503 with the seconds until the first reading that may help', async () => {
  const { http } = await serve({ groups: new Map([[A, []]]), faults: new Map([[A, failure('throttled', 20)]]) });
  const { status, headers } = await http.get(path);
  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('21');
});

it('404 for a subscription that is none of ours, which is named', async () => {
  const { http } = await serve({ groups: both() });
  const { status, body } = await http.get(`${path}?subscription=${nobody}`);
  expect(status).toBe(404);
  expect(body.detail).toContain(nobody);
});

it('200 with an error for an unknown subscription beside a known one', async () => {
  const { http } = await serve({ groups: both() });
  const { status, body } = await http.get(`${path}?subscription=${A}&subscription=${nobody}`);
  expect(status).toBe(200);
  expect(body.value).toMatchObject([{ name: 'rg-a' }]);
  expect(body.errors).toEqual([{ subscriptionId: nobody, status: 404, code: 'SubscriptionNotFound', served: false }]);
});

it('503 for a known subscription without a reading, though others have one', async () => {
  const { http } = await serve({ groups: both(), faults: new Map([[B, 'hangs']]) });
  const { status, body } = await http.get(`${path}?subscription=${B}`);
  expect(status).toBe(503);
  expect(body.detail).toContain(B);
});

it('200 for any number of requests without a call of Azure', async () => {
  const { http, source } = await serve({ groups: both() });
  const calls = source.calls.length;
  for (const query of ['', '?name=rg', '?tag=a:b', '?pageSize=1', '?sort=-name']) await http.get(`${path}${query}`);
  expect(source.calls).toHaveLength(calls);
});
