import { expect, test } from 'vitest';
import { identityProvider, issuer, signingKey, verifier } from './identity-provider.ts';

const [old, next, symmetric] = [
  await signingKey('old'),
  await signingKey('next'),
  { kty: 'oct', k: 'AAAA', kid: 'old' },
];
const accepted = expect.objectContaining({ id: 'ada' });
const long = { exp: Date.UTC(2031, 0) / 1000 };
const outage = { kind: 'unavailable', retryAfterSeconds: 5 };

test('keys are read once, however many ask at once', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate } = verifier(provider);
  const header = await old.sign();
  expect(await Promise.all([1, 2, 3].map(() => authenticate(header)))).toEqual([accepted, accepted, accepted]);
  expect(provider.asked).toEqual([`${issuer}/.well-known/openid-configuration`, 'https://keys.example/keys']);
});

test('a new key is taken up with its first token', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass } = verifier(provider);
  await authenticate(await old.sign());
  provider.documents.keys = { keys: [next.jwk] };
  pass(5);
  expect(await authenticate(await next.sign())).toEqual(accepted);
  await expect(authenticate(await old.sign())).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('keys that are made up have the issuer asked every five seconds, no more', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass } = verifier(provider);
  await authenticate(await old.sign());
  for (let second = 0; second < 11; second += 1) {
    pass(1);
    const flood = [1, 2, 3].map(async (n) => authenticate(await next.sign({}, { kid: `made-up-${second}-${n}` })));
    for (const each of await Promise.allSettled(flood))
      expect(each).toMatchObject({ reason: { kind: 'unauthenticated' } });
  }
  expect(provider.readings).toBe(3);
});

test('after ten minutes keys are read again in the background: nobody waits', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass } = verifier(provider);
  const header = await old.sign(long);
  await authenticate(header);
  pass(600);
  await authenticate(header);
  expect(provider.readings).toBe(1);
  pass(1);
  provider.documents.keys = new Promise(() => undefined);
  expect(await authenticate(header)).toEqual(accepted);
  expect(provider.readings).toBe(2);
});

test('a key that was withdrawn is refused after ten minutes', async () => {
  const provider = identityProvider(old.jwk, next.jwk);
  const { authenticate, pass } = verifier(provider);
  await authenticate(await old.sign(long));
  provider.documents.keys = { keys: [next.jwk] };
  pass(601);
  await authenticate(await next.sign(long));
  await expect.poll(async () => authenticate(await old.sign(long)).catch(({ kind }) => kind)).toBe('unauthenticated');
});

test('in an outage the last keys are used as long as its budget lasts, which is told once; then it is 503', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass, lines } = verifier(provider, { outageSeconds: 3600 });
  const header = await old.sign(long);
  await authenticate(header);
  provider.down = true;
  for (let minute = 0; minute < 60; minute += 1) {
    pass(60);
    expect(await authenticate(header)).toEqual(accepted);
  }
  expect(lines().map(({ level, msg }) => `${level} ${msg}`)).toEqual([
    'warn signing keys of the issuer cannot be read',
  ]);
  pass(1);
  await expect(authenticate(header)).rejects.toMatchObject(outage);
});

test('after an outage keys are read again, which is told', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass, lines } = verifier(provider, { outageSeconds: 3600 });
  const header = await old.sign(long);
  provider.down = true;
  await expect(authenticate(header)).rejects.toMatchObject(outage);
  provider.down = false;
  pass(1);
  expect(await authenticate(header)).toEqual(accepted);
  expect(lines().at(-1)).toMatchObject({ level: 'info', msg: 'signing keys of the issuer can be read again' });
});

test('a first reading that fails is an outage; the issuer is asked again by a request, once a second', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass } = verifier(provider);
  provider.down = true;
  for (const seconds of [0, 0.5, 0.49, 0.01]) {
    pass(seconds);
    await expect(authenticate(await old.sign())).rejects.toMatchObject(outage);
  }
  expect(provider.readings).toBe(2);
});

test('a token whose key is not known is no fault of the caller while the issuer cannot be read', async () => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass } = verifier(provider);
  await authenticate(await old.sign());
  provider.down = true;
  pass(5);
  await expect(authenticate(await next.sign())).rejects.toMatchObject(outage);
  expect(await authenticate(await old.sign())).toEqual(accepted);
});

/** A body can be read once: each answer is a new one. */
const text = (body: string, status = 200) => ({ answer: () => new Response(body, { status }) });

const noDiscovery = { discovery: { issuer, jwks_uri: 'http://keys.example/keys' } };
const broken: [string, Partial<Record<'discovery' | 'keys', object>>][] = [
  ['that is no key set', { keys: { message: 'we are down' } }],
  ['without keys', { keys: { keys: [] } }],
  ['whose key cannot be read', { keys: { keys: [{ kty: 'RSA', kid: 'old', alg: 'RS256' }, null, 7] } }],
  ['with a secret for a key', { keys: { keys: [symmetric] } }],
  ['with a private key', { keys: { keys: [old.privateJwk] } }],
  ['with keys for encryption', { keys: { keys: [{ ...old.jwk, use: 'enc' }] } }],
  ['with a short key', { keys: { keys: [{ kty: 'RSA', kid: 'old', n: 'u'.repeat(171), e: 'AQAB' }] } }],
  ['that is no JSON', { keys: text('<html>') }],
  ['larger than 256 KB', { keys: text(JSON.stringify({ keys: [old.jwk], more: 'x'.repeat(256 * 1024) })) }],
  ['that is an error', { keys: text(JSON.stringify({ keys: [old.jwk] }), 500) }],
  ['not read over https', noDiscovery],
  ['of another issuer', { discovery: { issuer: 'https://other.example', jwks_uri: 'https://keys.example/keys' } }],
  ['that nobody names', { discovery: { issuer } }],
];

test.each(broken)('a key set %s is an outage, not a refusal', async (_name, documents) => {
  const provider = identityProvider(old.jwk);
  Object.assign(provider.documents, documents);
  await expect(verifier(provider).authenticate(await old.sign())).rejects.toMatchObject(outage);
});

test.each(broken)('a key set %s replaces no good one', async (_name, documents) => {
  const provider = identityProvider(old.jwk);
  const { authenticate, pass } = verifier(provider);
  await authenticate(await old.sign());
  Object.assign(provider.documents, documents);
  pass(5);
  await authenticate(await next.sign()).catch(String);
  expect(provider.readings).toBe(2);
  expect(await authenticate(await old.sign())).toEqual(accepted);
});

test('a key of a kind that is not known yet does not keep the others from being used', async () => {
  const provider = identityProvider({ kty: 'FUTURE', kid: 'new' }, symmetric, old.jwk);
  expect(await verifier(provider).authenticate(await old.sign())).toEqual(accepted);
});

test('the issuer is asked with a deadline, and its redirects are not followed', async () => {
  const provider = identityProvider(old.jwk);
  await verifier(provider).authenticate(await old.sign());
  expect(provider.options).toMatchObject({ redirect: 'error', signal: expect.any(AbortSignal) });
});
