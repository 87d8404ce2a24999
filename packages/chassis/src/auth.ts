import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { AuthSettings } from './common-settings.ts';
import { Problem } from './problem.ts';

/** Verifies an `Authorization` header. Throws a Problem of kind `unauthenticated`, or `unavailable` in an outage. */
export type Authenticate = (authorization: string | undefined) => Promise<void>;

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const timeoutMilliseconds = 5000;

/** The verifier that the settings ask for: access tokens of one issuer for one audience, or anybody (`AUTH=none`). */
export function authenticator({
  AUTH,
  AUTH_ISSUER: issuer = '',
  AUTH_AUDIENCE: audience = '',
}: AuthSettings): Authenticate {
  if (AUTH === 'none') return async () => undefined;
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new Problem('unauthenticated', 'Send an access token: `Authorization: Bearer <token>`.');
    keys ??= discoverKeys(issuer).catch((error: unknown) => {
      keys = undefined; // the next request asks again
      throw error;
    });
    try {
      await jwtVerify(token, await keys, {
        issuer,
        audience,
        algorithms,
        clockTolerance: 60,
        requiredClaims: ['exp'],
      });
    } catch (error) {
      throw translate(error);
    }
  };
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds), redirect: 'error' });
  if (!response.ok) throw new Error(`OpenID discovery answered ${response.status}`);
  const discovered = (await response.json()) as { issuer?: string; jwks_uri?: string };
  if (discovered.issuer !== issuer) throw new Error('OpenID discovery names another issuer than AUTH_ISSUER');
  return createRemoteJWKSet(new URL(discovered.jwks_uri ?? ''), { timeoutDuration: timeoutMilliseconds });
}

// Whatever else goes wrong, a key set that is not one included, is no fault of the token.
const tokenErrors = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JOSEAlgNotAllowed,
];

function translate(cause: unknown): Problem {
  if (!tokenErrors.some((type) => cause instanceof type))
    return new Problem('unavailable', 'Access tokens cannot be verified at the moment.', {
      cause,
      retryAfterSeconds: 5,
    });
  const detail = cause instanceof errors.JWTExpired ? 'The access token has expired.' : 'The access token was refused.';
  return new Problem('unauthenticated', detail, { cause });
}
