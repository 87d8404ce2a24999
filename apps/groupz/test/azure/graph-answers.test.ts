import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: OddAzure;
beforeAll(async () => {
  azure = await startOddAzure();
});
afterAll(() => azure.close());

const changes = { SOURCE: 'resource-graph' } as const;
const invalid = { name: 'SourceFailure', reason: 'invalid-answer' };
const type = 'microsoft.resources/subscriptions';
const subscription = { id: `/subscriptions/${A}`, type, subscriptionId: A };
const row = (name: string, id = A) => ({
  id: `/subscriptions/${id}/resourceGroups/${name}`,
  type: `${type}/resourcegroups`,
  name,
  location: 'westeurope',
  tags: null,
  managedBy: '',
  provisioningState: 'Succeeded',
});
const page = (data: unknown, more: object = {}) => ({
  body: { totalRecords: Array.isArray(data) ? data.length : 0, count: 0, resultTruncated: 'false', data, ...more },
});

/** Lists what comes of these answers; the last is repeated. */
function list(...answers: ReturnType<OddAzure['arm']>[]) {
  azure.requests.length = 0;
  azure.arm = () => answers[Math.min(azure.requests.length, answers.length) - 1] ?? { body: '' };
  return groupsOf(connect(azure, { changes }).groups, A);
}

it.each([
  ['no rows', { body: {} }],
  ['a table', page({ columns: [], rows: [] })],
  ['a row that is none', page([subscription, null])],
  ['a row of another type', page([subscription, { ...row('rg-a'), type: 'microsoft.web/sites' }])],
  ['a group of another subscription', page([subscription, row('rg-b', B)])],
  ['a group without a name', page([subscription, { ...row('rg-a'), name: '' }])],
  ['tags that are a text', page([subscription, { ...row('rg-a'), tags: 'env' }])],
  ['tags that are a list', page([subscription, { ...row('rg-a'), tags: ['env'] }])],
  ['more rows and no way to them', page([subscription], { resultTruncated: 'true' })],
  ['fewer rows than it says', page([subscription], { totalRecords: 2 })],
])('invalid-answer for %s', async (_what, answer) => {
  await expect(list(answer)).rejects.toMatchObject(invalid);
});

it('lists the rows of all pages', async () => {
  const first = page([subscription, row('rg-a')], { totalRecords: 3, $skipToken: 'next', resultTruncated: 'true' });
  const groups = await list(first, page([row('rg-b')], { totalRecords: 3 }));
  expect(groups.map(({ name }) => name)).toEqual(['rg-a', 'rg-b']);
  const [, second] = azure.requests.map(({ body }) => JSON.parse(body) as { query: string; options: object });
  expect(second?.query).toMatch(/order by id asc$/); // without a total order rows get lost between pages
  expect(second?.options).toEqual({ $top: 1000, $skipToken: 'next', resultFormat: 'objectArray' });
});

it.each([
  ['comes', [row('rg-a'), row('rg-b')], 4],
  ['goes', [], 2],
])('invalid-answer when a group %s between two pages, as another one may be left out', async (_what, rows, total) => {
  const first = page([subscription, row('rg-a')], { totalRecords: 3, $skipToken: 'next' });
  await expect(list(first, page(rows, { totalRecords: total }))).rejects.toMatchObject(invalid);
});

it('invalid-answer when a group is there twice and so another one is missing', async () => {
  const first = page([subscription, row('rg-a')], { totalRecords: 3, $skipToken: 'next' });
  await expect(list(first, page([row('rg-a')], { totalRecords: 3 }))).rejects.toMatchObject(invalid);
});

it('throttled until the quota is full again when Resource Graph does not say it otherwise', async () => {
  const headers = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:01:05' };
  const body = { error: { code: 'RateLimiting', message: 'Too many.' } };
  const expected = { reason: 'throttled', retryAfterSeconds: 65, evidence: { code: 'RateLimiting', status: 429 } };
  await expect(list({ status: 429, headers, body })).rejects.toMatchObject(expected);
});

it('rests until the quota is full again before it asks for the next page', async () => {
  const headers = { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:03' };
  const first = page([subscription], { totalRecords: 2, $skipToken: 'next' });
  azure.requests.length = 0;
  azure.arm = () => (azure.requests.length === 1 ? { headers, ...first } : page([row('rg-a')], { totalRecords: 2 }));
  const clock = manualClock();
  const listing = groupsOf(connect(azure, { changes, clock }).groups, A);
  await expect.poll(() => clock.sleeping()).toBe(1);
  await clock.advance(2.9);
  expect(azure.requests).toHaveLength(1);
  await clock.advance(0.1);
  expect(await listing).toHaveLength(1);
});
