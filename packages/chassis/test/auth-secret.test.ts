import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { authenticator } from '../src/auth.ts';
import { commonRules } from '../src/common-settings.ts';
import { Secret } from '../src/secret.ts';
import { memoryLog } from './pizza.ts';

const start = Date.UTC(2030, 0);
const secret = 'thirty-two bytes of a secret, or more';
const settings = { AUTH: 'jwt', AUTH_SECRET: new Secret(secret), AUTH_AUDIENCE: 'pizza' };
const verifier = (given: Parameters<typeof authenticator>[0] = settings) =>
  authenticator(given, { log: memoryLog().log, now: () => start });

/** A token as it should be, but for what a test is about. */
function signed(claims: JWTPayload = {}, { alg = 'HS256', typ = 'JWT', key = secret } = {}): Promise<string> {
  return new SignJWT({ sub: 'ada', aud: 'pizza', exp: start / 1000 + 300, ...claims })
    .setProtectedHeader({ alg, typ })
    .sign(Buffer.from(key))
    .then((token) => `Bearer ${token}`);
}

test('the caller of a token that was signed with the secret is its subject, with its claims', async () => {
  const caller = await verifier()(await signed({ roles: 'Baker', ovens: { o1: 'rw' } }));
  const claims = { sub: 'ada', aud: 'pizza', exp: start / 1000 + 300, roles: 'Baker', ovens: { o1: 'rw' } };
  expect(caller).toEqual({ id: 'ada', roles: ['Baker'], claims });
});

test.each<[string, () => Promise<string>]>([
  ['another secret', () => signed({}, { key: `${secret}!` })],
  ['another algorithm', () => signed({}, { alg: 'HS512' })],
  ['another audience', () => signed({ aud: 'pasta' })],
  ['no audience', () => signed({ aud: undefined as never })],
  ['no end', () => signed({ exp: undefined as never })],
  ['an end that has been', () => signed({ exp: start / 1000 - 61 })],
  ['a beginning that is to come', () => signed({ nbf: start / 1000 + 61 })],
  ['nobody in it', () => signed({ sub: undefined as never })],
  ['another type', () => signed({}, { typ: 'logout+jwt' })],
  ['a signature of an asymmetric key', () => signedByKeyPair()],
  ['no signature', async () => (await signed()).replace(/[^.]+$/, '')],
  ['alg none', async () => `Bearer eyJhbGciOiJub25lIn0.${(await signed()).split('.')[1]}.AAAA`],
])('of a token with %s: unauthenticated', async (_name, header) => {
  await expect(verifier()(await header())).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('without an audience in the settings, any will do', async () => {
  const { AUTH_AUDIENCE: _, ...others } = settings;
  await expect(verifier(others)(await signed({ aud: 'pasta' }))).resolves.toMatchObject({ id: 'ada' });
});

test('a rotated secret is the one that counts', async () => {
  const rotated = new Secret(secret);
  const authenticate = verifier({ ...settings, AUTH_SECRET: rotated });
  rotated.rotate(`new ${secret}`);
  await expect(authenticate(await signed())).rejects.toMatchObject({ kind: 'unauthenticated' });
  await expect(authenticate(await signed({}, { key: `new ${secret}` }))).resolves.toMatchObject({ id: 'ada' });
});

test('the settings name a secret or an issuer, never both', () => {
  const faults = (given: object) => commonRules.map((rule) => rule(given)?.name).filter(Boolean);
  expect(faults({ AUTH: 'jwt', AUTH_SECRET: new Secret(secret) })).toEqual([]);
  expect(faults({ ...settings, AUTH_ISSUER: 'https://issuer.example' })).toEqual(['AUTH_SECRET']);
  expect(faults({ AUTH: 'jwt' })).toEqual(['AUTH_ISSUER', 'AUTH_AUDIENCE']);
});

async function signedByKeyPair(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const token = new SignJWT({ sub: 'ada', aud: 'pizza', exp: start / 1000 + 300 });
  return `Bearer ${await token.setProtectedHeader({ alg: 'RS256' }).sign(privateKey)}`;
}
