import { createSecretKey } from 'node:crypto';
import {
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose';
import type { AuthSettings } from './common-settings.ts';
import { IssuerKeys } from './issuer-keys.ts';
import type { Log } from './log.ts';
import { Problem } from './problem.ts';
import type { Secret } from './secret.ts';

/** Who calls. */
export interface Caller {
  /** The same for all tokens of a caller; `anybody` where nobody is asked. */
  readonly id: string;
  readonly roles: readonly string[] | 'all';
  /** What else the token says, `exp` included; absent where there was none. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Verifies an `Authorization` header. Throws a Problem of kind `unauthenticated`, or `unavailable` in an outage. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

/** The caller where anybody may call (`AUTH=none`). */
export const anybody: Caller = { id: 'anybody', roles: 'all' };

/** The caller of an open route, who has not been asked. */
export const stranger: Caller = { id: 'stranger', roles: [] };

interface AuthenticatorWorld {
  log: Log;
  /** How the issuer is asked. */
  fetch?: typeof fetch;
  /** The time in milliseconds since 1970. */
  now?: () => number;
}

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const mostCharacters = 8 * 1024;

/**
 * The verifier that the settings ask for: access tokens of one issuer for one audience, tokens that were signed with a
 * shared secret, or anybody (`AUTH=none`).
 */
export function authenticator(settings: AuthSettings, world: AuthenticatorWorld): Authenticate {
  const { AUTH, AUTH_SECRET: secret, AUTH_AUDIENCE: audience } = settings;
  if (AUTH === 'none') return async () => anybody;
  const verify = secret ? bySecret(secret, audience) : byIssuer(settings, world);
  const { now = Date.now } = world;
  return async (authorization) => {
    const token = tokenOf(authorization);
    try {
      const verified = await verify(token, {
        clockTolerance: 60,
        requiredClaims: ['exp'],
        currentDate: new Date(now()),
      });
      requireAccessToken(verified.protectedHeader);
      return callerOf(verified.payload);
    } catch (error) {
      throw translate(error);
    }
  };
}

type Verify = (token: string, rules: JWTVerifyOptions) => Promise<JWTVerifyResult>;

function byIssuer(
  { AUTH_ISSUER: issuer = '', AUTH_AUDIENCE: audience = '', AUTH_KEYS_OUTAGE_SECONDS = 86_400 }: AuthSettings,
  { log, fetch = globalThis.fetch, now = Date.now }: AuthenticatorWorld,
): Verify {
  const keys = new IssuerKeys({ issuer, outageSeconds: AUTH_KEYS_OUTAGE_SECONDS, log, fetch, now });
  const trusted = { issuer, audience, algorithms };
  return (token, rules) => jwtVerify(token, (header) => keys.find(header), { ...rules, ...trusted });
}

/** No other algorithm than HS256 is tried: a public key that somebody knows is no secret (RFC 8725, section 2.1). */
function bySecret(secret: Secret, audience: string | undefined): Verify {
  const trusted = { algorithms: ['HS256'], ...(audience !== undefined && { audience }) };
  return (token, rules) => jwtVerify(token, createSecretKey(secret.value, 'utf8'), { ...rules, ...trusted });
}

/** RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1). */
function tokenOf(authorization = ''): string {
  const [, given] = /^Bearer +(\S.*)$/i.exec(authorization.trim()) ?? [];
  if (given === undefined)
    throw new Problem('unauthenticated', 'Send an access token: `Authorization: Bearer <token>`.');
  if (given.length <= mostCharacters && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(given)) return given;
  throw new Problem('unauthenticated', 'That is no access token.', { cause: new Error('not a JWT, or too long') });
}

/**
 * Refuses what the issuer has signed for something else, such as a logout token, which may have the same audience (RFC
 * 8725, section 3.11). Entra's access tokens are of type `JWT`, those of RFC 9068 `at+jwt`.
 */
function requireAccessToken({ typ = 'JWT' }: JWTHeaderParameters): void {
  if (typeof typ === 'string' && /^(?:application\/)?(?:at\+)?jwt$/i.test(typ)) return;
  throw new errors.JWTInvalid('the token is of another type than access tokens');
}

/** Entra's tokens for applications name them by `oid`, `azp` or `appid` where they have no `sub`. */
function callerOf(claims: JWTPayload): Caller {
  const { sub, roles, oid, azp, appid } = claims;
  const id = [sub, oid, azp, appid].find(isName);
  if (id === undefined) throw new errors.JWTInvalid('the token does not say whom it was given to');
  return { id, roles: [roles].flat().filter(isName), claims };
}

/** What can be kept and counted by: no longer than OpenID Connect lets subjects be (Core 1.0, section 2). */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(value);
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
  errors.JOSENotSupported, // of the header: what the keys need is tried when they are read
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
