import type { AccessToken, GetTokenOptions } from '@azure/identity';
import { expect, it } from 'vitest';
import { shareCredential } from '../../src/azure/shared-credential.ts';
import { manualClock } from '../manual-clock.ts';
import { recordCalls } from './connect.ts';

const scope = 'https://management.azure.com/.default';

/** Credentials that answer when they are told to, and the options of their calls. */
function world() {
  const clock = manualClock();
  const calls = recordCalls();
  const asked: { options: GetTokenOptions; answer: (token: AccessToken) => void; fail: (why: Error) => void }[] = [];
  const getToken = (_scopes: string | string[], options: GetTokenOptions = {}) =>
    new Promise<AccessToken>((answer, fail) => asked.push({ options, answer, fail }));
  const shared = shareCredential(() => ({ getToken, identity: () => ({ credential: 'workload' }) }), { clock, calls });
  const token = (name: string, seconds = 3600) => ({
    token: name,
    expiresOnTimestamp: clock.date().getTime() + seconds * 1000,
  });
  return { clock, calls, asked, shared, token };
}

/** A world in which the token `a` was acquired. */
async function worldWithToken(seconds?: number) {
  const { shared, asked, token, ...rest } = world();
  const first = shared.getToken(scope);
  asked[0]?.answer(token('a', seconds));
  await first;
  return { shared, asked, token, ...rest };
}

it('sends one request for five simultaneous callers', async () => {
  const { shared, asked, token } = world();
  const tokens = Promise.all([1, 2, 3, 4, 5].map(() => shared.getToken(scope)));
  asked[0]?.answer(token('a'));
  expect((await tokens).map((each) => each?.token)).toEqual(['a', 'a', 'a', 'a', 'a']);
  expect(asked).toHaveLength(1);
});

it('sends a request of its own for claims, and keeps the token that they brought', async () => {
  const { shared, asked, token } = await worldWithToken();
  const challenged = shared.getToken(scope, { claims: '{}' });
  asked[1]?.answer(token('b'));
  expect(await challenged).toMatchObject({ token: 'b' });
  expect(await shared.getToken(scope)).toMatchObject({ token: 'b' });
  expect(asked.map(({ options }) => options)).toEqual([{}, { claims: '{}' }]);
});

it('lets the others wait on when one caller aborts', async () => {
  const { shared, asked, token } = world();
  const aborting = new AbortController();
  const first = shared.getToken(scope, { abortSignal: aborting.signal });
  const second = shared.getToken(scope);
  aborting.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
  asked[0]?.answer(token('a'));
  expect(await second).toMatchObject({ token: 'a' });
});

it('asks again after a failure', async () => {
  const { shared, asked, token } = world();
  const first = shared.getToken(scope);
  asked[0]?.fail(new Error('no'));
  await expect(first).rejects.toMatchObject({ name: 'SourceFailure' });
  const second = shared.getToken(scope);
  asked[1]?.answer(token('a'));
  expect(await second).toMatchObject({ token: 'a' });
});

it('answers with the old token while a new one is on its way', async () => {
  const { shared, asked, token, clock, calls } = await worldWithToken();
  await clock.advance(3400);
  expect(await shared.getToken(scope)).toMatchObject({ token: 'a' });
  expect(asked).toHaveLength(2);
  asked[1]?.answer(token('b'));
  await expect.poll(async () => (await shared.getToken(scope))?.token).toBe('b');
  expect(calls.tokens).toHaveLength(2);
});

it('answers with the old token when a new one was refused, and does not ask again for a moment', async () => {
  const { shared, asked, clock } = await worldWithToken();
  await clock.advance(3400);
  await shared.getToken(scope);
  asked[1]?.fail(new Error('no'));
  await clock.advance(29);
  expect(await shared.getToken(scope)).toMatchObject({ token: 'a' });
  expect(asked).toHaveLength(2);
  await clock.advance(1);
  await shared.getToken(scope);
  expect(asked).toHaveLength(3);
});

it('waits for a new token when the old one is about to expire', async () => {
  const { shared, asked, token, clock } = await worldWithToken();
  await clock.advance(3571);
  const waiting = shared.getToken(scope);
  asked[1]?.answer(token('b'));
  expect(await waiting).toMatchObject({ token: 'b' });
});

it('replaces a token when the identity service says that it is time', async () => {
  const { shared, asked, token, clock } = world();
  const first = shared.getToken(scope);
  asked[0]?.answer({ ...token('a', 86_400), refreshAfterTimestamp: clock.date().getTime() + 43_200_000 });
  await first;
  await clock.advance(43_199);
  await shared.getToken(scope);
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  await shared.getToken(scope);
  expect(asked).toHaveLength(2);
});

it('begins anew when it is renewed, once for all who were refused the same token', async () => {
  const { shared, asked, token } = await worldWithToken();
  const { generation } = shared;
  shared.renew(generation);
  const next = shared.getToken(scope);
  shared.renew(generation);
  asked[1]?.answer(token('b'));
  expect(await next).toMatchObject({ token: 'b' });
  expect(await shared.getToken(scope)).toMatchObject({ token: 'b' });
  expect(asked).toHaveLength(2);
});

it('does not keep a token that was on its way when it was renewed', async () => {
  const { shared, asked, token } = world();
  const late = shared.getToken(scope);
  shared.renew(shared.generation);
  const next = shared.getToken(scope);
  asked[1]?.answer(token('new'));
  await next;
  asked[0]?.answer(token('refused'));
  await late;
  expect(await shared.getToken(scope)).toMatchObject({ token: 'new' });
});

it('does not keep a token that expires nobody knows when', async () => {
  const { shared, asked, token, calls } = world();
  const first = shared.getToken(scope);
  asked[0]?.answer(token('a', Number.NaN));
  await first;
  void shared.getToken(scope);
  expect(asked).toHaveLength(2);
  expect(calls.tokens).toEqual([]);
});
