import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { A, B } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, FORBIDDEN, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const changes = { SOURCE: 'resource-graph' } as const;
const graph = { target: 'graph' };
const list = (ids = [A, B]) => connect(azure, { changes }).groups.list(ids, new AbortController().signal);

it.each([
  [
    { kind: 'status', status: 429, retryAfterSeconds: 17 },
    { reason: 'throttled', retryAfterSeconds: 17 },
  ],
  [
    { kind: 'status', status: 503, retryAfterSeconds: 5 },
    { reason: 'unavailable', retryAfterSeconds: 5 },
  ],
  [{ kind: 'status', status: 500 }, { reason: 'unavailable' }],
  [{ kind: 'status', status: 403 }, { reason: 'forbidden' }],
  [{ kind: 'truncate' }, { reason: 'invalid-answer' }],
  [{ kind: 'drop' }, { reason: 'unavailable' }],
  [{ kind: 'repeat-next-link' }, { reason: 'invalid-answer' }],
])('fails as told when Resource Graph answers with %o', async (fault, expected) => {
  await azure.fault({ ...fault, match: graph });
  await expect(list()).rejects.toMatchObject({ name: 'SourceFailure', ...expected });
});

it('fails altogether when the second page fails', async () => {
  await azure.generate(A, 1500);
  await azure.fault({ kind: 'status', status: 429, skip: 1, match: graph });
  await expect(list()).rejects.toMatchObject({ reason: 'throttled' });
});

it('rejects soon when it is aborted on the second page', async () => {
  await azure.generate(A, 1500);
  await azure.fault({ kind: 'delay', milliseconds: 60_000, skip: 1, match: graph });
  const { groups, calls } = connect(azure, { changes });
  const aborting = new AbortController();
  const listing = groups.list([A, B], aborting.signal);
  await expect.poll(() => calls.reads).toHaveLength(1);
  aborting.abort();
  await expect(listing).rejects.toThrow(/abort/i);
});

it.each(['expired-token', 'revoked-token', 'cae-challenge'])('reads although it is answered %s once', async (kind) => {
  const { groups, calls } = connect(azure, { changes });
  await groups.list([A], new AbortController().signal);
  await azure.fault({ kind, times: 1, match: graph });
  const { subscriptions } = await groups.list([A], new AbortController().signal);
  expect(subscriptions.get(A)).toHaveLength(14);
  expect(calls.tokens).toHaveLength(2);
});

it('tells of subscriptions as not-found where none may be read', async () => {
  const { subscriptions } = await list([FORBIDDEN]);
  expect(subscriptions.get(FORBIDDEN)).toMatchObject({ name: 'SourceFailure', reason: 'not-found' });
});
