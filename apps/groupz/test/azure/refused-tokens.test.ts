import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { groupsOf } from '../group-source.contract.ts';
import { manualClock } from '../manual-clock.ts';
import { A, B, C } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { goodToken, type OddAzure, startOddAzure } from './odd-azure.ts';

let azure: OddAzure;
beforeAll(async () => {
  azure = await startOddAzure();
});
afterAll(() => azure.close());
beforeEach(() => {
  azure.requests.length = 0;
  azure.exchanges.length = 0;
  azure.arm = () => ({ body: { value: [] } });
  azure.entra = () => ({ body: { ...goodToken, access_token: `token-${azure.exchanges.length}` } });
});

const unauthenticated = { reason: 'unauthenticated' };
const callsOf = (id: string) => azure.requests.filter(({ url }) => url.includes(id)).length;
const claims = Buffer.from('{"access_token":{}}').toString('base64');
const challenge = { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${claims}"` };
const refusal = (code: string, headers = {}) => ({ status: 401, headers, body: { error: { code, message: 'No.' } } });
/** A refuses every token. */
const refuseA = (answer: ReturnType<typeof refusal>) => {
  azure.arm = ({ url }) => (url.includes(A) ? answer : { body: { value: [] } });
};

it.each([
  ['InvalidAuthenticationTokenTenant', {}],
  ['ExpiredAuthenticationToken', {}],
  ['AuthenticationFailed', challenge],
])('takes one new token for a subscription that answers %s with %o for ever', async (code, headers) => {
  refuseA(refusal(code, headers));
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  const passes = 5;
  for (let pass = 0; pass < passes; pass += 1) {
    await expect(groupsOf(groups, A)).rejects.toMatchObject(unauthenticated);
    for (const id of [B, C]) expect(await groupsOf(groups, id)).toEqual([]);
    await clock.advance(60);
  }
  expect(azure.exchanges).toHaveLength(2);
});

it('sends one call in each reading of a subscription that refuses new tokens, too', async () => {
  refuseA(refusal('InvalidAuthenticationTokenTenant'));
  const { groups } = connect(azure);
  for (let pass = 0; pass < 3; pass += 1) await expect(groupsOf(groups, A)).rejects.toMatchObject(unauthenticated);
  expect(callsOf(A)).toBe(4);
});

it('lists the others while one refuses the token and Entra is down', async () => {
  refuseA(refusal('InvalidAuthenticationTokenTenant'));
  const { groups } = connect(azure);
  await groupsOf(groups, B);
  azure.entra = () => ({ status: 503, headers: { 'retry-after': '60' }, body: {} });
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ reason: 'unavailable' });
  for (const id of [B, C]) expect(await groupsOf(groups, id)).toEqual([]);
});

it('takes a new token again for a subscription that has accepted one since', async () => {
  const { groups } = connect(azure);
  for (const revoked of ['Bearer token-1', 'Bearer token-2', 'Bearer token-3']) {
    await groupsOf(groups, A);
    azure.arm = ({ headers }) =>
      headers.authorization === revoked ? refusal('InvalidAuthenticationToken') : { body: { value: [] } };
    expect(await groupsOf(groups, A)).toEqual([]);
  }
  expect(azure.exchanges).toHaveLength(4);
});

it('takes another token after five minutes in which nobody accepted the new one', async () => {
  azure.arm = ({ headers }) =>
    headers.authorization === 'Bearer token-3' ? { body: { value: [] } } : refusal('InvalidAuthenticationToken');
  const clock = manualClock();
  const { groups } = connect(azure, { clock });
  await expect(groupsOf(groups, A)).rejects.toMatchObject(unauthenticated);
  await clock.advance(299);
  await expect(groupsOf(groups, A)).rejects.toMatchObject(unauthenticated);
  await clock.advance(1);
  expect(await groupsOf(groups, A)).toEqual([]);
});

it.each([{}, challenge])('sends nothing again when a refusal with %o asks for time', async (headers) => {
  refuseA(refusal('ExpiredAuthenticationToken', { ...headers, 'retry-after': '6' }));
  const { groups } = connect(azure);
  await expect(groupsOf(groups, A)).rejects.toMatchObject({ ...unauthenticated, retryAfterSeconds: 6 });
  expect(callsOf(A)).toBe(1);
  azure.arm = () => ({ body: { value: [] } });
  await groupsOf(groups, A);
  expect(azure.requests.at(-1)?.headers.authorization).toBe('Bearer token-2');
});

it.each(['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'])(
  'sends nothing again when ARM answers 503 and asks for time by %s',
  async (header) => {
    azure.arm = () => ({ status: 503, headers: { [header]: '6000' }, body: {} });
    await expect(groupsOf(connect(azure).groups, A)).rejects.toMatchObject({ reason: 'unavailable' });
    expect(callsOf(A)).toBe(1);
  },
);
