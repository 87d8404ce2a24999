import { createHash, randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { type Clock, epochSeconds } from './clock.ts';
import type { SigningKey } from './keys.ts';
import { createRevocations } from './revocations.ts';
import type { Application } from './seed.ts';

/** The audience that Entra's federated credentials ask for. */
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

/** Kubernetes' default lifetime of a projected token, in seconds. */
export const PROJECTED_LIFETIME = 3600;

/** A namespace or a service account: a lower-case RFC 1123 name. */
export const KUBERNETES_NAME = '^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$';

const SUBJECT = /^system:serviceaccount:([^:]+):([^:]+)$/;

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

interface ProjectedTokenRequest {
  readonly account: ServiceAccount;
  readonly audience: string;
  /** Seconds from now; negative makes a token that has expired already. */
  readonly lifetime: number;
}

export interface ServiceAccountIssuer {
  /** With a trailing slash, as a cluster's issuer has it. */
  readonly issuer: string;
  readonly key: SigningKey;
  /** Signs a projected service account token; the claims are the Kubernetes TokenRequest API's. */
  mint(request: ProjectedTokenRequest): Promise<string>;
  /** Takes back the account's tokens issued so far. */
  revoke(account: ServiceAccount): void;
  /** Whether a token with these claims was taken back. */
  isRevoked(claims: JWTPayload): boolean;
}

/** Stands in for the OpenID Connect issuer of a cluster. */
export function createServiceAccountIssuer(issuer: string, key: SigningKey, clock: Clock): ServiceAccountIssuer {
  const revocations = createRevocations();
  return {
    issuer,
    key,
    revoke: (account) => revocations.revoke(subjectOf(account)),
    isRevoked: ({ sub = '', jti = '' }) => revocations.covers(sub, numberOf(jti)),
    mint({ account: { namespace, name }, audience, lifetime }) {
      const now = epochSeconds(clock);
      // A token that is past its end was also issued in the past.
      const issuedAt = Math.min(now, now + lifetime - 1);
      return key.sign({
        aud: [audience],
        exp: now + lifetime,
        iat: issuedAt,
        iss: issuer,
        jti: tokenId(revocations.next()),
        'kubernetes.io': { namespace, serviceaccount: { name, uid: stableUid(`${namespace}/${name}`) } },
        nbf: issuedAt,
        sub: subjectOf({ namespace, name }),
      });
    },
  };
}

/** The service accounts that the issuer's federated credentials name, each once. */
export function federatedAccounts(applications: readonly Application[], issuer: string): ServiceAccount[] {
  const credentials = applications.flatMap((application) => application.federatedCredentials);
  const subjects = new Set(credentials.filter((each) => each.issuer === issuer).map((each) => each.subject));
  return [...subjects].flatMap((subject) => {
    const [, namespace = '', name = ''] = SUBJECT.exec(subject) ?? [];
    const valid = [namespace, name].every((part) => new RegExp(KUBERNETES_NAME).test(part));
    return valid ? [{ namespace, name }] : [];
  });
}

function subjectOf({ namespace, name }: ServiceAccount): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** A UUID whose last group is the token's number, so that a revocation knows what came before it. */
function tokenId(number: number): string {
  return `${randomUUID().slice(0, 24)}${number.toString(16).padStart(12, '0')}`;
}

/** Infinity for an id that is not ours: no revocation covers it. */
function numberOf(jti: string): number {
  const [, hex] = /^[0-9a-f-]{24}([0-9a-f]{12})$/.exec(jti) ?? [];
  return hex === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(hex, 16);
}

function stableUid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
