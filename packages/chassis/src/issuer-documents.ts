import { createPublicKey, type JsonWebKeyInput } from 'node:crypto';
import { createLocalJWKSet, type JWK } from 'jose';

const timeoutMilliseconds = 5000; // for each document
const mostBytes = 256 * 1024;
const weakestRsaBits = 2048; // RFC 7518, section 3.3

/** Finds the key that the header of a token names. */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * Reads an issuer's signing keys by OpenID Connect Discovery 1.0. Bounded in time and size, and follows no redirect.
 * Throws where either document is not as it has to be, or no key in it can be used.
 */
export async function readIssuerKeys(issuer: string, get: typeof fetch): Promise<KeySet> {
  const discovered = await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, get);
  const { issuer: named, jwks_uri: keysUrl } = discovered as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) throw new Error('OpenID discovery names another issuer than AUTH_ISSUER');
  if (typeof keysUrl !== 'string' || URL.parse(keysUrl)?.protocol !== 'https:')
    throw new Error('OpenID discovery names no https URL as jwks_uri');
  const { keys } = (await readJson(keysUrl, get)) as { keys?: unknown };
  // What is not known yet may stand among them: new kinds of keys come before the old ones go.
  const usable = Array.isArray(keys) ? keys.filter(isUsable) : [];
  if (usable.length === 0) throw new Error('the key set of the issuer has no key that can be used');
  return createLocalJWKSet({ keys: usable });
}

async function readJson(url: string, get: typeof fetch): Promise<object> {
  const options = { signal: AbortSignal.timeout(timeoutMilliseconds), redirect: 'error' } as const;
  const response = await get(url, { ...options, headers: { accept: 'application/json' } });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  const document: unknown = JSON.parse(String(Buffer.concat(await chunksOf(response, url))));
  if (typeof document === 'object' && document !== null) return document;
  throw new Error(`${url} answered no JSON object`);
}

/** To leave the loop early ends the transfer. */
async function chunksOf({ body }: Response, url: string): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`${url} answered more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return chunks;
}

/** Keys for verifying, which are public ones. */
function isUsable(key: unknown): key is JWK {
  const { d, use = 'sig' } = (key ?? {}) as JWK;
  if (d !== undefined || use !== 'sig') return false;
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' } as JsonWebKeyInput);
    return (asymmetricKeyDetails?.modulusLength ?? weakestRsaBits) >= weakestRsaBits;
  } catch {
    return false;
  }
}
