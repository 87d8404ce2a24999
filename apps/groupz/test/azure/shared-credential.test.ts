import type { AccessToken, GetTokenOptions } from '@azure/identity';
import { expect, it } from 'vitest';
import { shareCredential } from '../../src/azure/shared-credential.ts';
import { manualClock } from '../manual-clock.ts';
import { recordCalls } from './connect.ts';

const scope = 'https://management.azure.com/.default';
const never = new AbortController().signal;

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
  const given = { scopes: scope, options: {}, token: 'a' };
  return { shared, asked, token, given, ...rest };
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

it('asks again a second after a failure', async () => {
  const { shared, asked, token, clock } = world();
  const first = shared.getToken(scope);
  asked[0]?.fail(new Error('no'));
  await expect(first).rejects.toMatchObject({ name: 'SourceFailure' });
  await clock.advance(1);
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

it('replaces a token once for all who were refused it, and gives the old one until then', async () => {
  const { shared, asked, token, given } = await worldWithToken();
  const both = Promise.all([shared.replace(given, never), shared.replace(given, never)]);
  expect(await shared.getToken(scope)).toMatchObject({ token: 'a' });
  asked[1]?.answer(token('b'));
  await both;
  expect(await shared.getToken(scope)).toMatchObject({ token: 'b' });
  await shared.replace(given, never);
  expect(asked).toHaveLength(2);
});

it('keeps a refused token when there is no new one', async () => {
  const { shared, asked, given } = await worldWithToken();
  const replacing = shared.replace(given, never);
  asked[1]?.fail(new Error('no'));
  await expect(replacing).rejects.toMatchObject({ name: 'SourceFailure' });
  expect(await shared.getToken(scope)).toMatchObject({ token: 'a' });
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
