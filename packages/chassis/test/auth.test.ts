import { type JWTPayload, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { authenticator } from '../src/auth.ts';
import { audience, identityProvider, issuer, signingKey, verifier } from './identity-provider.ts';
import { memoryLog } from './pizza.ts';

const start = Date.UTC(2030, 0) / 1000;
const key = await signingKey();
const strangersKey = await signingKey();
const otherKeys = await Promise.all(['ES256', 'EdDSA', 'PS256'].map((alg) => signingKey(alg, alg)));
const forbidden = await signingKey('RS512', 'RS512');
const { alg: _, ...versatile } = forbidden.jwk;
const { authenticate } = verifier(identityProvider(key.jwk, versatile, ...otherKeys.map(({ jwk }) => jwk)));
const publicText = JSON.stringify(key.jwk);

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: issuer, aud: audience, sub: 'ada', exp: start + 300 };

test('the caller of a token is its subject, with its roles', async () => {
  const header = await key.sign({ roles: ['Users.Read', 'Users.ReadWrite'] });
  const claims = expect.objectContaining({ sub: 'ada', exp: start + 300 });
  expect(await authenticate(header)).toEqual({ id: 'ada', roles: ['Users.Read', 'Users.ReadWrite'], claims });
});

test.each([
  [{ sub: 'ada', oid: 'o', azp: 'z' }, 'ada'],
  [{ sub: undefined, oid: 'o', azp: 'z' }, 'o'],
  [{ sub: undefined, azp: 'z', appid: 'p' }, 'z'],
  [{ sub: '', appid: 'p' }, 'p'],
])('of a token with %j the id is %s', async (names, id) => {
  expect(await authenticate(await key.sign(names as JWTPayload))).toMatchObject({ id });
});

test.each([
  [undefined, []],
  ['Users.Read', ['Users.Read']],
  [['Users.Read', 7, null, ''], ['Users.Read']],
  [{ 'Users.Read': true }, []],
  [7, []],
])('the roles claim %j gives the roles %j', async (roles, expected) => {
  expect((await authenticate(await key.sign({ roles }))).roles).toEqual(expected);
});

test.each<[string, () => Promise<string>]>([
  ['one of several audiences', () => key.sign({ aud: ['api://pasta', audience] })],
  ['a scheme in lower case', async () => (await key.sign()).replace('Bearer', 'bearer')],
  ['spaces around the token', async () => `${(await key.sign()).replace(' ', '  ')}  `],
  ['a type in upper case', () => key.sign({}, { typ: 'JWT' })],
  ['the type of RFC 9068', () => key.sign({}, { typ: 'at+jwt' })],
  ['the type of RFC 9068 in full', () => key.sign({}, { typ: 'application/at+JWT' })],
  ['a token that expired within the tolerance', () => key.sign({ exp: start - 59 })],
  ['a token of the near future', () => key.sign({ nbf: start + 59 })],
  ...otherKeys.map((each) => [`the algorithm ${each.kid}`, () => each.sign()] as [string, () => Promise<string>]),
])('%s is accepted', async (_name, header) => {
  expect(await authenticate(await header())).toMatchObject({ id: 'ada' });
});

test.each<[string, () => Promise<string>]>([
  ['an expired token', () => key.sign({ exp: start - 61 })],
  ['a token of the future', () => key.sign({ nbf: start + 61 })],
  ['a token that never expires', () => key.sign({ exp: undefined as never })],
  ['a token that expires some day', () => key.sign({ exp: 'never' as never })],
  ['another audience', () => key.sign({ aud: 'api://pasta' })],
  ['other audiences', () => key.sign({ aud: ['api://pasta', 'api://pizza2'] })],
  ['no audience', () => key.sign({ aud: undefined as never })],
  ['another issuer', () => key.sign({ iss: 'https://elsewhere.invalid' })],
  ['an issuer that begins like ours', () => key.sign({ iss: `${issuer}/` })],
  ['nobody', () => key.sign({ sub: undefined as never })],
  ['somebody whose name cannot be kept', () => key.sign({ sub: 'a\0' })],
  ['somebody whose name is too long', () => key.sign({ sub: 'a'.repeat(256) })],
  ['a logout', () => key.sign({}, { typ: 'logout+jwt' })],
  ['an event', () => key.sign({}, { typ: 'application/secevent+jwt' })],
  ['a type that is none', () => key.sign({}, { typ: 7 })],
  ['another key of the same name', () => strangersKey.sign()],
  ['a key that is not known', () => key.sign({}, { kid: 'k2' })],
  ['a key without a name', () => key.sign({}, { kid: undefined })],
  ['a key with a number for a name', () => key.sign({}, { kid: 7 })],
  ['an extension that must be understood', () => key.sign({}, { crit: ['http://pizza'], 'http://pizza': 1 })],
  ['a key of its own', () => strangersKey.sign({}, { jwk: strangersKey.jwk })],
  ['a key set of its own', () => strangersKey.sign({}, { kid: 'k9', jku: 'https://elsewhere.invalid/keys' })],
  ['a certificate of its own', () => strangersKey.sign({}, { kid: 'k9', x5u: 'https://elsewhere.invalid/x5' })],
  [
    'a changed payload',
    async () => (await key.sign()).replace(/\.[^.]+\./, `.${base64url({ ...claims, sub: 'eve' })}.`),
  ],
  ['no signature, by alg none', async () => `Bearer ${base64url({ alg: 'none', kid: 'k1' })}.${base64url(claims)}.`],
  [
    'alg none with a signature',
    async () => `Bearer ${base64url({ alg: 'none', kid: 'k1' })}.${base64url(claims)}.AAAA`,
  ],
  ['HS256 with the public key for a secret', () => signedByPublicKey()],
  ['an algorithm that is not allowed', () => forbidden.sign()],
  ['no JSON', async () => 'Bearer AAAA.BBBB.CCCC'],
  ['more than 8 KB', () => key.sign({ roles: ['x'.repeat(8 * 1024)] })],
  ['one part', async () => 'Bearer abc'],
  ['two tokens', async () => `${await key.sign()}, ${await key.sign()}`],
])('of %s: unauthenticated, and the caller is told that the token is to blame', async (_name, header) => {
  const refusal = { kind: 'unauthenticated', cause: expect.any(Error) };
  await expect(authenticate(await header())).rejects.toMatchObject(refusal);
});

test.each([undefined, '', 'Basic YTpi', 'Bearer', 'Bearer '])('%j is no token: unauthenticated', async (header) => {
  const refusal = await authenticate(header).catch((problem: unknown) => problem);
  expect(refusal).toMatchObject({ kind: 'unauthenticated', message: expect.stringContaining('Bearer <token>') });
  expect(refusal).not.toHaveProperty('cause');
});

test('nothing but the issuer is asked for keys', async () => {
  const provider = identityProvider(key.jwk);
  const header = await strangersKey.sign({}, { jku: 'https://elsewhere.invalid/keys', kid: 'k9' });
  await verifier(provider).authenticate(header).catch(String);
  expect(new Set(provider.asked)).toEqual(
    new Set([`${issuer}/.well-known/openid-configuration`, 'https://keys.example/keys']),
  );
});

test('AUTH=none lets anybody call, in every role', async () => {
  const anyone = authenticator({ AUTH: 'none' }, { log: memoryLog().log });
  expect(await anyone('Bearer of nothing')).toEqual({ id: 'anybody', roles: 'all' });
});

async function signedByPublicKey(): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' });
  return `Bearer ${await token.sign(Buffer.from(publicText))}`;
}
