import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Application } from '../seed.ts';
import type { World } from '../world.ts';
import { EntraError } from './entra-error.ts';

const GUIDE = 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation';
const HINT = 'Check your federated identity credential Subject, Audience and Issuer against the presented assertion.';

/**
 * Accepts a client assertion if one federated credential of the application matches its issuer, subject and audience,
 * to the letter, and the cluster's key signed it. Throws an EntraError naming the first thing that is wrong.
 */
export async function verifyAssertion(world: World, application: Application, assertion: string): Promise<void> {
  const claims = decode(assertion);
  const ofIssuer = credentialsOfIssuer(application, claims);
  await verifySignature(world, assertion, claims);
  const ofSubject = ofIssuer.filter((credential) => credential.subject === claims.sub);
  if (ofSubject.length === 0) throw mismatch('unknownSubject', 'subject', claims.sub);
  const audiences = [claims.aud ?? []].flat();
  if (!ofSubject.some((credential) => credential.audiences.some((audience) => audiences.includes(audience)))) {
    throw mismatch('unknownAudience', 'audience', audiences.join(', '));
  }
}

/** The refusal of an assertion whose federated credential Entra does not know, or not yet. */
export function pendingFederation(assertion: string): EntraError {
  try {
    return noFederatedCredential(decode(assertion));
  } catch (error) {
    if (error instanceof EntraError) return error;
    throw error;
  }
}

function noFederatedCredential({ iss, sub, aud }: JWTPayload): EntraError {
  const audience = [aud ?? []].flat().join(', ');
  const presented = `Assertion Issuer: '${iss}'. Assertion Subject: '${sub}'. Assertion Audience: '${audience}'.`;
  const found = 'No matching federated identity record found for presented assertion.';
  return new EntraError('noFederatedCredential', `${found} ${presented} ${GUIDE}`);
}

function decode(assertion: string): JWTPayload {
  try {
    const { typ } = decodeProtectedHeader(assertion);
    const claims = decodeJwt(assertion);
    if (typ === undefined || /^(jwt|http:\/\/openid\.net\/specs\/jwt\/1\.0)$/i.test(typ)) return claims;
  } catch {
    throw new EntraError('malformedAssertion', 'JWT token is invalid or malformed.');
  }
  throw new EntraError('wrongAssertionType', 'Invalid JWT header type specified.');
}

function credentialsOfIssuer(application: Application, claims: JWTPayload): Application['federatedCredentials'] {
  const { federatedCredentials } = application;
  if (federatedCredentials.length === 0) throw noFederatedCredential(claims);
  const found = federatedCredentials.filter((credential) => credential.issuer === claims.iss);
  if (found.length === 0) throw mismatch('unknownIssuer', 'issuer', claims.iss);
  return found;
}

async function verifySignature({ cluster, clockOf }: World, assertion: string, claims: JWTPayload): Promise<void> {
  const { kid } = decodeProtectedHeader(assertion);
  // Only the cluster's keys are known here: there is no network to ask another issuer for its own.
  if (claims.iss !== cluster.issuer || kid !== cluster.key.kid) {
    throw new EntraError(
      'unknownSigningKey',
      `The key '${kid}' used to sign the federated credential is not in the metadata of '${claims.iss}'.`,
    );
  }
  const now = new Date(clockOf('entra')());
  try {
    const options = { algorithms: ['RS256'], currentDate: now, requiredClaims: ['exp'] };
    await jwtVerify(assertion, cluster.key.publicKey, options);
  } catch (error) {
    if (!isTimeError(error)) throw new EntraError('wrongSignature', 'Client assertion contains an invalid signature.');
    throw outsideValidity(claims, now);
  }
  // Once a pod is gone, its tokens are past their use as if their time were over.
  if (cluster.isRevoked(claims)) throw outsideValidity(claims, now);
}

function outsideValidity(claims: JWTPayload, now: Date): EntraError {
  const range = `assertion valid from ${dateOf(claims.nbf)}, expiry time of assertion ${dateOf(claims.exp)}`;
  const detail = `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, ${range}.`;
  return new EntraError('outsideValidity', detail);
}

function isTimeError(error: unknown): boolean {
  if (error instanceof errors.JWTExpired) return true;
  return error instanceof errors.JWTClaimValidationFailed && ['exp', 'nbf', 'iat'].includes(error.claim);
}

function dateOf(seconds: unknown): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString();
}

function mismatch(
  outcome: 'unknownIssuer' | 'unknownSubject' | 'unknownAudience',
  claim: string,
  value: string | undefined,
): EntraError {
  const found = `No matching federated identity record found for presented assertion ${claim} '${value ?? ''}'.`;
  return new EntraError(outcome, `${found} ${HINT}`);
}
