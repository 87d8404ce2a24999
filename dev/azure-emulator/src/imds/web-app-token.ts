import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { queryValue } from '../http-app.ts';
import { findIdentity } from '../managed-identity.ts';
import type { World } from '../world.ts';

const API_VERSION = '2019-08-01';

/** The App Service form of a managed identity: `IDENTITY_ENDPOINT` leads here, `X-IDENTITY-HEADER` is its secret. */
export async function webAppToken(world: World, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const refuse = (status: number, message: string) => reply.code(status).send({ statusCode: status, message });
  if (!sameSecret(request.headers['x-identity-header'], world.state.seed.appService.identityHeader)) {
    return refuse(401, 'X-IDENTITY-HEADER is missing or wrong.');
  }
  const resource = queryValue(request, 'resource');
  if (queryValue(request, 'api-version') !== API_VERSION) return refuse(400, `api-version must be ${API_VERSION}.`);
  if (!resource || !world.state.isResource(resource)) return refuse(400, 'The resource is missing or unknown.');
  const lookup = findIdentity(world.state, {
    clientId: queryValue(request, 'client_id'),
    objectId: queryValue(request, 'object_id') ?? queryValue(request, 'principal_id'),
    resourceId: queryValue(request, 'mi_res_id'),
  });
  if (lookup.kind !== 'found') return refuse(400, 'No managed identity was found for the request.');
  const issued = await world.accessTokens.issue(lookup.identity, resource);
  return reply.header('cache-control', 'no-store').send({
    access_token: issued.token,
    client_id: lookup.identity.clientId,
    expires_on: String(issued.expiresAt),
    resource,
    token_type: 'Bearer',
  });
}

function sameSecret(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}
