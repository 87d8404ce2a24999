import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Authenticate, authenticator } from '../src/auth.ts';

const keys = await generateKeyPair('RS256');
const others = await generateKeyPair('RS256');
let issuer = '';
let identityProvider: Server;
let authenticate: Authenticate;

beforeAll(async () => {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256' };
  identityProvider = createServer((request, response) => {
    const discovery = { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : discovery));
  }).listen(0, '127.0.0.1');
  await once(identityProvider, 'listening');
  issuer = `http://127.0.0.1:${(identityProvider.address() as AddressInfo).port}`;
  authenticate = authenticator({ AUTH: 'jwt', AUTH_ISSUER: issuer, AUTH_AUDIENCE: 'api://pizza' });
});
afterAll(() => void identityProvider.close());

function bearer(claims: JWTPayload = {}, key = keys.privateKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: issuer, aud: 'api://pizza', sub: 'ada', exp: now + 300, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .sign(key)
    .then((token) => `Bearer ${token}`);
}

test('an access token of the issuer for the audience is accepted', async () => {
  await expect(authenticate(await bearer())).resolves.toBeUndefined();
});

test.each([
  ['no header', async () => undefined],
  ['another scheme', async () => 'Basic YTpi'],
  ['what is no token', async () => 'Bearer abc'],
  ['a token without signature', async () => `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"ada"}')}.x`],
  ['an expired token', () => bearer({ exp: 1 })],
  ['a token that never expires', () => bearer({ exp: undefined as never })],
  ['another audience', () => bearer({ aud: 'api://pasta' })],
  ['another issuer', () => bearer({ iss: 'https://elsewhere.invalid' })],
  ['another key', () => bearer({}, others.privateKey)],
])('%s is unauthenticated', async (_name, header) => {
  await expect(authenticate(await header())).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('an issuer that cannot be asked is an outage, not a refusal, and is asked again', async () => {
  const away = authenticator({ AUTH: 'jwt', AUTH_ISSUER: 'http://127.0.0.1:9', AUTH_AUDIENCE: 'a' });
  await expect(away(await bearer())).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 });
  await expect(away(await bearer())).rejects.toMatchObject({ kind: 'unavailable' });
});

test.each([
  ['that is no key set', '{"message":"we are down"}'],
  ['without a key that can be read', '{"keys":[{"kty":"RSA","kid":"k1","alg":"RS256"}]}'],
])('a key set %s is an outage, not a refusal', async (_name, keySet) => {
  const confused = createServer((call, response) => {
    const self = `http://${call.headers.host}`;
    response.setHeader('content-type', 'application/json');
    response.end(call.url === '/keys' ? keySet : JSON.stringify({ issuer: self, jwks_uri: `${self}/keys` }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void confused.close());
  await once(confused, 'listening');
  const own = `http://127.0.0.1:${(confused.address() as AddressInfo).port}`;
  const verify = authenticator({ AUTH: 'jwt', AUTH_ISSUER: own, AUTH_AUDIENCE: 'api://pizza' });
  await expect(verify(await bearer({ iss: own }))).rejects.toMatchObject({ kind: 'unavailable' });
});

test('AUTH=none lets anybody call', async () => {
  expect(await authenticator({ AUTH: 'none' })(undefined)).toBeUndefined();
});
