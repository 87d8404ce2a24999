import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type Authenticate, authenticator } from '../src/auth.ts';
import { memoryLog } from './pizza.ts';

export const issuer = 'https://issuer.example/v2.0';
export const audience = 'api://pizza';
const start = Date.UTC(2030, 0);

/** What a key pair signs by itself: everything but what a test is about. */
export async function signingKey(kid = 'k1', alg = 'RS256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg };
  const sign = (claims: JWTPayload = {}, header: Record<string, unknown> = {}) =>
    new SignJWT({ iss: issuer, aud: audience, sub: 'ada', exp: start / 1000 + 300, ...claims })
      .setProtectedHeader({ alg, kid, ...header })
      .sign(privateKey, { crit: { 'http://pizza': false } })
      .then((token) => `Bearer ${token}`);
  return { kid, jwk, privateJwk: { ...(await exportJWK(privateKey)), kid, alg }, sign };
}

/** An issuer that answers as the test wants: documents may be replaced, by what makes a response too. */
export function identityProvider(...keys: object[]) {
  const documents = {
    discovery: { issuer, jwks_uri: 'https://keys.example/keys' } as object,
    keys: { keys } as object,
  };
  const state = { documents, down: false, readings: 0, asked: [] as string[], options: {} as RequestInit | undefined };
  const fetch: typeof globalThis.fetch = async (input, options) => {
    const isDiscovery = String(input).endsWith('/.well-known/openid-configuration');
    state.asked.push(String(input));
    state.options = options;
    if (isDiscovery) state.readings += 1;
    if (state.down) throw new Error('nobody answers');
    const document = await (isDiscovery ? documents.discovery : documents.keys);
    return 'answer' in document ? (document.answer as () => Response)() : Response.json(document);
  };
  return Object.assign(state, { fetch });
}

/** A verifier of the issuer's tokens whose time is in the hands of the test. */
export function verifier(provider: ReturnType<typeof identityProvider>, settings: { outageSeconds?: number } = {}) {
  const memory = memoryLog();
  const clock = { now: start };
  const authenticate: Authenticate = authenticator(
    {
      AUTH: 'jwt',
      AUTH_ISSUER: issuer,
      AUTH_AUDIENCE: audience,
      AUTH_KEYS_OUTAGE_SECONDS: settings.outageSeconds ?? 86_400,
    },
    { log: memory.log, fetch: provider.fetch, now: () => clock.now },
  );
  return {
    authenticate,
    lines: () => memory.lines,
    pass(seconds: number) {
      clock.now += seconds * 1000;
    },
  };
}
