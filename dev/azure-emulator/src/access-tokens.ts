import { randomBytes } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { assignedRoles, findApi } from './apis.ts';
import { type Clock, epochSeconds } from './clock.ts';
import type { KeyRing } from './key-ring.ts';
import { createRevocations, type Revocations } from './revocations.ts';
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
  /** `takesChallenges`: its client said that it understands continuous access evaluation. */
  | { readonly kind: 'revoked'; readonly takesChallenges: boolean }
  | { readonly kind: 'invalid' };

export interface AccessTokens {
  /** Issues a token for the application, for use at the resource. */
  issue(application: Application, resource: string, wishes?: Wishes): Promise<IssuedToken>;
  /**
   * Checks signature, tenant, revocation and times by the verifier's clock, at whichever origin it was issued. The
   * audience is the resource's to check.
   */
  verify(token: string, clock: Clock): Promise<Verdict>;
  /** Takes back all tokens issued so far, or those of one application. */
  revoke(clientId?: string): void;
}

interface Wishes {
  /** Its issuer is what discovery names at that origin. */
  readonly origin?: string;
  /** Such as `cp1`: what the client says that it understands. */
  readonly capabilities?: readonly string[];
  /** Instead of those assigned to the application. */
  readonly roles?: readonly string[];
  /** In seconds; negative makes a token that has expired already. */
  readonly lifetime?: number;
}

interface AccessTokenSettings {
  readonly keys: KeyRing;
  /** Where tokens are issued that wish for no other place. */
  readonly origin: string;
  readonly tenantId: string;
  readonly applications: readonly Application[];
  readonly clock: Clock;
}

/** The tenant's token issuer. Claims are those of an app-only token (Entra's access token claims reference). */
export function createAccessTokens(settings: AccessTokenSettings): AccessTokens {
  const { keys, tenantId, clock } = settings;
  const revocations = createRevocations();
  return {
    async issue(application, resource, wishes = {}) {
      const { origin = settings.origin, capabilities = [], lifetime = usualLifetime(application) } = wishes;
      const expiresAt = epochSeconds(clock) + lifetime;
      // A token that is past its end was also issued in the past.
      const notBefore = Math.min(epochSeconds(clock), expiresAt - 1);
      const api = findApi(settings.applications, resource);
      const roles = wishes.roles ?? (api === undefined ? [] : assignedRoles(application, api));
      const claims = {
        // Tokens of version 2.0 name the API by its client id, however it was asked for.
        aud: api?.clientId ?? resource,
        iss: issuerAt(origin, tenantId),
        ...{ iat: notBefore, nbf: notBefore, exp: expiresAt },
        ...identityClaims(application, tenantId),
        uti: tokenId(revocations.next()),
        ...(roles.length > 0 ? { roles } : {}),
        ...(capabilities.length > 0 ? { xms_cc: capabilities } : {}),
      };
      return { token: await keys.sign(claims), notBefore, expiresAt, lifetime };
    },
    verify: (token, now) => verify(token, { keys, tenantId, clock: now, revocations }),
    revoke: (clientId) => revocations.revoke(clientId),
  };
}

/** The tenant's name as an issuer, for callers that reach the emulator at the origin. */
export function issuerAt(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

function usualLifetime({ resourceId }: Application): number {
  return resourceId === undefined ? APPLICATION_LIFETIME : MANAGED_IDENTITY_LIFETIME;
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
    ver: '2.0',
  };
  return application.resourceId === undefined ? claims : { ...claims, xms_mirid: application.resourceId };
}

/** The 22 letters of `uti`. They end with the token's number: claims know whole seconds only, a revocation is sharper. */
function tokenId(number: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(number, 10, 6);
  return bytes.toString('base64url');
}

interface Verification {
  readonly keys: KeyRing;
  readonly tenantId: string;
  readonly clock: Clock;
  readonly revocations: Revocations;
}

async function verify(token: string, { keys, tenantId, clock, revocations }: Verification): Promise<Verdict> {
  try {
    const options = { algorithms: ['RS256'], currentDate: new Date(clock()), requiredClaims: ['exp', 'oid', 'uti'] };
    const { payload } = await jwtVerify(token, (header: { kid?: string }) => keys.publicKey(header.kid), options);
    // Only this tenant's tokens are signed with these keys; by which name the emulator was called then is no matter.
    if (payload['tid'] !== tenantId) return { kind: 'invalid' };
    const clientId = String(payload['appid']);
    const number = Buffer.from(String(payload['uti']), 'base64url').readUIntBE(10, 6);
    if (revocations.covers(clientId, number)) {
      // MSAL writes `cp1` in some languages and `CP1` in others.
      const capabilities = [payload['xms_cc'] ?? []].flat().map((each) => String(each).toLowerCase());
      return { kind: 'revoked', takesChallenges: capabilities.includes('cp1') };
    }
    const audience = [payload.aud ?? ''].flat()[0] ?? '';
    return { kind: 'valid', clientId, objectId: String(payload['oid']), audience };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { kind: 'expired', expiresAt: error.payload.exp ?? 0 };
    if (error instanceof errors.JOSEError || error instanceof TypeError) return { kind: 'invalid' };
    throw error;
  }
}
