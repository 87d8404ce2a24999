import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { A, B } from '../refresh-options.ts';
import { keepsSubscriptionSourceContract } from '../subscription-source.contract.ts';
import { connect } from './connect.ts';
import { startAzure } from './emulated-azure.ts';
import { type OddAzure, startOddAzure } from './odd-azure.ts';

describe('armSubscriptions', () => {
  keepsSubscriptionSourceContract(async () => {
    const azure = await startAzure();
    const readable = azure.seed.applications.find(({ name }) => name === 'groupz')?.subscriptions ?? [];
    const expected = azure.seed.subscriptions
      .filter(({ id }) => readable.includes(id))
      .map(({ id: subscriptionId, displayName, state }) => ({ subscriptionId, displayName, state }));
    return { ...azure, source: connect(azure).subscriptions, expected };
  });
});

describe('armSubscriptions of an odd Azure', () => {
  let azure: OddAzure;
  beforeAll(async () => {
    azure = await startOddAzure();
  });
  afterAll(() => azure.close());
  const list = () => connect(azure).subscriptions.list(new AbortController().signal);

  it('lists the subscriptions of all pages, each once and in lower case', async () => {
    azure.requests.length = 0;
    azure.arm = () =>
      azure.requests.length === 1
        ? { body: { value: [{ subscriptionId: A.toUpperCase() }], nextLink: `${azure.url}/2` } }
        : { body: { value: [{ subscriptionId: A, displayName: 'A', state: 'Enabled' }, { subscriptionId: B }] } };
    expect(await list()).toEqual([
      { subscriptionId: A, displayName: 'A', state: 'Enabled' },
      { subscriptionId: B, displayName: null, state: null },
    ]);
  });

  it.each([{}, { subscriptionId: 7 }, { subscriptionId: `${A}/resourceGroups/x` }])(
    'invalid-answer for the subscription %o',
    async (subscription) => {
      azure.arm = () => ({ body: { value: [{ subscriptionId: B }, subscription] } });
      await expect(list()).rejects.toMatchObject({ name: 'SourceFailure', reason: 'invalid-answer' });
    },
  );

  it('throttled with the seconds that Azure asks for', async () => {
    azure.arm = () => ({ status: 429, headers: { 'retry-after': '7' }, body: {} });
    await expect(list()).rejects.toMatchObject({ reason: 'throttled', retryAfterSeconds: 7 });
  });
});
