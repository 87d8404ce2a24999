import type { FastifyRequest } from 'fastify';
import { ArmError } from './arm-error.ts';
import type { Application } from './seed.ts';
import type { World } from './world.ts';

const AUDIENCES = [
  'https://management.core.windows.net/',
  'https://management.core.windows.net',
  'https://management.azure.com/',
  'https://management.azure.com',
];

/** The application whose bearer token the request carries. Throws a 401 ArmError with the challenge ARM sends. */
export async function authenticate(request: FastifyRequest, world: World): Promise<Application> {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) {
    throw challenge(world, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const verdict = await world.accessTokens.verify(token, world.clockOf('arm'));
  if (verdict.kind === 'expired') throw expired(world, verdict.expiresAt);
  if (verdict.kind === 'revoked') throw verdict.takesChallenges ? claimsChallenge(world) : revoked(world);
  const application = verdict.kind === 'valid' ? world.state.application(verdict.clientId) : undefined;
  if (verdict.kind !== 'valid' || application === undefined) {
    throw challenge(world, 'InvalidAuthenticationToken', 'The access token is invalid.');
  }
  if (!AUDIENCES.includes(verdict.audience)) {
    const obtained = `The access token has been obtained for wrong audience or resource '${verdict.audience}'.`;
    const allowed = AUDIENCES.map((audience) => `'${audience}'`).join(',');
    const message = `${obtained} It should exactly match with one of the allowed audiences ${allowed}.`;
    throw challenge(world, 'InvalidAuthenticationTokenAudience', message);
  }
  return application;
}

/** The 401 for a token past its end, in epoch seconds. */
export function expired(world: World, expiresAt: number): ArmError {
  const [end, now] = [expiresAt * 1000, world.clockOf('arm')()].map((time) => new Date(time).toISOString());
  const message = `The access token expiry UTC time '${end}' is earlier than current UTC time '${now}'.`;
  return challenge(world, 'ExpiredAuthenticationToken', message);
}

/** The 401 for a token that was good until it was taken back. */
export function revoked(world: World): ArmError {
  return challenge(world, 'InvalidAuthenticationToken', 'The access token has been revoked.');
}

/** The 401 of continuous access evaluation: it asks for a token with more claims (OpenID Connect Core, 5.5). */
export function claimsChallenge(world: World): ArmError {
  const claims = {
    access_token: { nbf: { essential: true, value: String(Math.floor(world.clockOf('arm')() / 1000)) } },
  };
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  const header = `Bearer realm="", ${authorizationUri(world)}, error="insufficient_claims", claims="${encoded}"`;
  const message = 'User was blocked due to conditional access: a token with more claims is required.';
  return new ArmError('AuthenticationFailed', message, { headers: { 'www-authenticate': header } });
}

function challenge(world: World, code: ConstructorParameters<typeof ArmError>[0], message: string): ArmError {
  const header = `Bearer ${authorizationUri(world)}, error="invalid_token", error_description="${message}"`;
  return new ArmError(code, message, { headers: { 'www-authenticate': header } });
}

function authorizationUri({ httpsUrl, state }: World): string {
  return `authorization_uri="${httpsUrl}/${state.tenant.id}"`;
}
