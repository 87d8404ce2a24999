import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SourceFailure } from '../../src/source-failure.ts';
import { groupsOf } from '../group-source.contract.ts';
import { A } from '../refresh-options.ts';
import { connect } from './connect.ts';
import { type EmulatedAzure, FORBIDDEN, startAzure } from './emulated-azure.ts';

let azure: EmulatedAzure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const failureOf = (id = A): Promise<SourceFailure> =>
  groupsOf(connect(azure).groups, id).then(() => expect.unreachable('the list was answered'));
const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/);

it.each([
  [
    { kind: 'status', status: 429, retryAfterSeconds: 17 },
    { reason: 'throttled', retryAfterSeconds: 17 },
  ],
  [
    { kind: 'status', status: 429 },
    { reason: 'throttled', retryAfterSeconds: undefined },
  ],
  [
    { kind: 'status', status: 503, retryAfterSeconds: 5 },
    { reason: 'unavailable', retryAfterSeconds: 5 },
  ],
  [
    { kind: 'status', status: 500 },
    { reason: 'unavailable', retryAfterSeconds: undefined },
  ],
  [{ kind: 'status', status: 400 }, { reason: 'refused' }],
  [{ kind: 'drop' }, { reason: 'unavailable', evidence: { code: 'ECONNRESET' } }],
  [{ kind: 'truncate' }, { reason: 'invalid-answer', evidence: { code: 'PARSE_ERROR', status: 200, requestId } }],
  [
    { kind: 'expired-token' },
    { reason: 'unauthenticated', evidence: { code: 'ExpiredAuthenticationToken', status: 401, requestId } },
  ],
])('fails as told when ARM answers with %o', async (fault, expected) => {
  await azure.fault(fault);
  await expect(failureOf()).rejects.toMatchObject({ name: 'SourceFailure', ...expected });
});

it('fails as forbidden without the role, with code, status and request id', async () => {
  await expect(failureOf(FORBIDDEN)).rejects.toMatchObject({
    reason: 'forbidden',
    message: expect.stringContaining('Microsoft.Resources/subscriptions/resourceGroups/read'),
    evidence: { code: 'AuthorizationFailed', status: 403, requestId },
  });
});

it.each(['status', 'truncate', 'drop'])('fails altogether when a later page meets %s', async (kind) => {
  await azure.fault({ kind, skip: 1, ...(kind === 'status' && { status: 500 }) });
  await expect(failureOf()).rejects.toBeInstanceOf(SourceFailure);
});

it.each(['drop', 'status'])('lists everything when a page meets %s once', async (kind) => {
  await azure.fault({ kind, skip: 1, times: 1, ...(kind === 'status' && { status: 500 }) });
  expect(await groupsOf(connect(azure).groups, A)).toHaveLength(14);
});

it('tells of the others when one of several subscriptions may not be read', async () => {
  const { subscriptions } = await connect(azure).groups.list([FORBIDDEN, A], new AbortController().signal);
  expect(subscriptions.get(FORBIDDEN)).toMatchObject({ reason: 'forbidden' });
  expect(subscriptions.get(A)).toHaveLength(14);
});
