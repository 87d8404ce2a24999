import { createHash, randomUUID } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { type Clock, epochSeconds } from './clock.ts';
import type { SigningKey } from './keys.ts';
import type { Application } from './seed.ts';

/** A client's token lives an hour; a managed identity's a day, as in Entra. In seconds. */
const APPLICATION_LIFETIME = 3599;
const MANAGED_IDENTITY_LIFETIME = 86_399;

interface IssuedToken {
  readonly token: string;
  readonly notBefore: number;
  readonly expiresAt: number;
  readonly lifetime: number;
}

/** Whose token it is, or why it is none. `expiresAt` and `notBefore` are epoch seconds. */
type Verdict =
  | { readonly kind: 'valid'; readonly clientId: string; readonly objectId: string; readonly audience: string }
  | { readonly kind: 'expired'; readonly expiresAt: number }
  | { readonly kind: 'invalid' };

export interface AccessTokens {
  readonly jwks: SigningKey['jwks'];
  /**
   * Issues a token for the application, for use at the audience. Its issuer is what discovery names at that origin;
   * the emulator's own https address when absent.
   */
  issue(application: Application, audience: string, origin?: string): Promise<IssuedToken>;
  /** Checks signature, tenant and times, at whichever origin it was issued. The audience is the resource's to check. */
  verify(token: string): Promise<Verdict>;
}

interface AccessTokenSettings {
  readonly key: SigningKey;
  /** Scheme, host and port of the https listener. */
  readonly httpsUrl: string;
  readonly tenantId: string;
  readonly clock: Clock;
}

/** The tenant's token issuer. Claims are those of an app-only token (Entra's access token claims reference). */
export function createAccessTokens({ key, httpsUrl, tenantId, clock }: AccessTokenSettings): AccessTokens {
  return {
    jwks: key.jwks,
    async issue(application, audience, origin = httpsUrl) {
      const issuer = issuerAt(origin, tenantId);
      const notBefore = epochSeconds(clock);
      const lifetime = application.resourceId === undefined ? APPLICATION_LIFETIME : MANAGED_IDENTITY_LIFETIME;
      const expiresAt = notBefore + lifetime;
      const times = { iat: notBefore, nbf: notBefore, exp: expiresAt };
      const token = await key.sign({ aud: audience, iss: issuer, ...times, ...identityClaims(application, tenantId) });
      return { token, notBefore, expiresAt, lifetime };
    },
    verify: (token) => verify(token, { key, httpsUrl, tenantId, clock }),
  };
}

/** The tenant's name as an issuer, for callers that reach the emulator at the origin. */
export function issuerAt(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

function identityClaims(application: Application, tenantId: string): Record<string, string> {
  const claims = {
    appid: application.clientId,
    azp: application.clientId,
    appidacr: '2',
    idtyp: 'app',
    oid: application.objectId,
    sub: application.objectId,
    tid: tenantId,
    uti: createHash('sha256').update(randomUUID()).digest('base64url').slice(0, 22),
    ver: '2.0',
  };
  return application.resourceId === undefined ? claims : { ...claims, xms_mirid: application.resourceId };
}

async function verify(token: string, { key, tenantId, clock }: AccessTokenSettings): Promise<Verdict> {
  try {
    const options = { algorithms: ['RS256'], currentDate: new Date(clock()), requiredClaims: ['exp', 'oid'] };
    const { payload } = await jwtVerify(token, key.publicKey, options);
    // Only this tenant's tokens are signed with the key; by which name the emulator was called then is no matter.
    if (payload['tid'] !== tenantId) return { kind: 'invalid' };
    const audience = Array.isArray(payload.aud) ? payload.aud[0] : payload.aud;
    return {
      kind: 'valid',
      clientId: String(payload['appid']),
      objectId: String(payload['oid']),
      audience: audience ?? '',
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { kind: 'expired', expiresAt: error.payload.exp ?? 0 };
    if (error instanceof errors.JOSEError || error instanceof TypeError) return { kind: 'invalid' };
    throw error;
  }
}
