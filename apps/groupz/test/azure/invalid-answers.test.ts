import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: OddAzure;
beforeAll(async () => {
  azure = await startOddAzure();
});
afterAll(() => azure.close());

const group = { id: `/subscriptions/${A}/resourceGroups/rg-a`, name: 'rg-a', location: 'westeurope' };
const invalid = { name: 'SourceFailure', reason: 'invalid-answer' };

/** Lists what comes of these answers; the last is repeated. */
function list(...answers: ReturnType<OddAzure['arm']>[]) {
  azure.requests.length = 0;
  azure.arm = () => answers[Math.min(azure.requests.length, answers.length) - 1] ?? { body: '' };
  return groupsOf(connect(azure).groups, A);
}

it.each(['{}', '{"value":null}', '{"value":[null]}', '{"value":[7]}', 'null', '', '<html>'])(
  'invalid-answer for the body %j',
  async (body) => {
    await expect(list({ body })).rejects.toMatchObject(invalid);
  },
);

it.each([
  { id: undefined },
  { id: 'rg-a' },
  { id: `/subscriptions/${B}/resourceGroups/rg-a` },
  { name: undefined },
  { name: '' },
  { name: 7 },
  { location: undefined },
  { tags: { env: 7 } },
  { tags: ['env'] },
  { tags: [] },
  { managedBy: {} },
  { properties: { provisioningState: 7 } },
])('invalid-answer for a group with %o', async (change) => {
  await expect(list({ body: { value: [group, { ...group, ...change }] } })).rejects.toMatchObject(invalid);
});

it.each([{ tags: null }, { managedBy: null }, { managedBy: '' }, { properties: {} }, { properties: null }])(
  'lists a group with %o as one without',
  async (change) => {
    const whole = { ...group, subscriptionId: A, tags: {}, managedBy: null, provisioningState: 'Unknown' };
    expect(await list({ body: { value: [{ ...group, ...change }] } })).toEqual([whole]);
  },
);

it('lists a group once that two pages have, as the later one has it', async () => {
  const [first, moved] = [
    { ...group, tags: { a: '1' } },
    { ...group, id: group.id.toUpperCase(), tags: { a: '2' } },
  ];
  const groups = await list({ body: { value: [first], nextLink: `${azure.url}/2` } }, { body: { value: [moved] } });
  expect(groups).toEqual([expect.objectContaining({ tags: { a: '2' } })]);
});

it('invalid-answer for a next link that is no URL', async () => {
  await expect(list({ body: '{"value":[],"nextLink":7}' })).rejects.toMatchObject(invalid);
});

it('invalid-answer for pages that never end', async () => {
  azure.requests.length = 0;
  azure.arm = () => ({ body: { value: [], nextLink: `${azure.url}/${azure.requests.length}` } });
  await expect(groupsOf(connect(azure).groups, A)).rejects.toMatchObject(invalid);
  expect(azure.requests).toHaveLength(1000);
});

it('unavailable with the status when a gateway answers with a page of its own', async () => {
  const page = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' };
  const evidence = { status: 502 };
  await expect(list(page)).rejects.toMatchObject({ reason: 'unavailable', evidence, message: /status 502/ });
});

it('refused for a redirect to another host, which is not followed', async () => {
  const redirect = { status: 307, headers: { location: 'https://127.0.0.1:1/subscriptions' }, body: '' };
  await expect(list(redirect)).rejects.toMatchObject({ reason: 'refused', evidence: { status: 307 } });
  expect(azure.requests).toHaveLength(1);
});
