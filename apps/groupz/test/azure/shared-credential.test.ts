import { expect, it } from 'vitest';
import { shareCredential } from '../../src/azure/shared-credential.ts';

const scope = 'https://management.azure.com/.default';

/** A credential that answers when it is told to, and the options of its calls. */
function slowCredential() {
  const calls: object[] = [];
  const { promise, resolve } = Promise.withResolvers<{ token: string; expiresOnTimestamp: number }>();
  const getToken = (_scopes: string | string[], options: object = {}) => {
    calls.push(options);
    return promise;
  };
  return { getToken, calls, answer: () => resolve({ token: 'a', expiresOnTimestamp: 1 }) };
}

it('sends one request for five simultaneous callers', async () => {
  const credential = slowCredential();
  const shared = shareCredential(() => credential);
  const tokens = Promise.all([1, 2, 3, 4, 5].map(() => shared.getToken(scope)));
  credential.answer();
  expect((await tokens).map((each) => each?.token)).toEqual(['a', 'a', 'a', 'a', 'a']);
  expect(credential.calls).toHaveLength(1);
});

it('sends a request of its own for other claims', async () => {
  const credential = slowCredential();
  const shared = shareCredential(() => credential);
  credential.answer();
  await Promise.all([shared.getToken(scope), shared.getToken(scope, { claims: '{}' })]);
  expect(credential.calls).toEqual([{}, { claims: '{}' }]);
});

it('lets the others wait on when one caller aborts', async () => {
  const credential = slowCredential();
  const shared = shareCredential(() => credential);
  const aborting = new AbortController();
  const first = shared.getToken(scope, { abortSignal: aborting.signal });
  const second = shared.getToken(scope);
  aborting.abort(new Error('enough'));
  await expect(first).rejects.toThrow('enough');
  credential.answer();
  expect(await second).toMatchObject({ token: 'a' });
});

it('asks again after a failure', async () => {
  let calls = 0;
  const getToken = async () => {
    calls += 1;
    throw new Error(`failure ${calls}`);
  };
  const shared = shareCredential(() => ({ getToken }));
  await expect(shared.getToken(scope)).rejects.toThrow('failure 1');
  await expect(shared.getToken(scope)).rejects.toThrow('failure 2');
});

it('makes a new credential when it is renewed', async () => {
  let made = 0;
  const shared = shareCredential(() => {
    made += 1;
    const token = `of credential ${made}`;
    return { getToken: async () => ({ token, expiresOnTimestamp: 1 }) };
  });
  shared.renew();
  expect(await shared.getToken(scope)).toMatchObject({ token: 'of credential 2' });
});
