import type { FastifyReply, FastifyRequest } from 'fastify';
import { queryValue } from '../http-app.ts';
import { findIdentity } from '../managed-identity.ts';
import type { World } from '../world.ts';

const API_VERSIONS = ['2018-02-01', '2019-08-01', '2020-06-01', '2021-02-01'];

/** `GET /metadata/identity/oauth2/token` of the instance metadata service. Every number is a string, as there. */
export async function machineToken(world: World, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const refuse = (error: string, detail: string) => reply.code(400).send({ error, error_description: detail });
  if (String(request.headers['metadata']).toLowerCase() !== 'true') {
    return refuse('bad_request_102', 'Required metadata header not specified');
  }
  // A forwarded request did not come from the machine itself.
  if (request.headers['x-forwarded-for'] !== undefined) return refuse('bad_request', 'Forwarded requests are refused');
  const resource = queryValue(request, 'resource');
  if (!resource) return refuse('invalid_request', "Required parameter 'resource' not specified");
  if (!API_VERSIONS.includes(queryValue(request, 'api-version') ?? '')) {
    return refuse('invalid_request', `Required query variable 'api-version' is missing or none of ${API_VERSIONS}`);
  }
  if (!world.state.isResource(resource)) {
    return refuse('invalid_resource', `AADSTS500011: The resource principal named ${resource} was not found.`);
  }
  const lookup = findIdentity(world.state, {
    clientId: queryValue(request, 'client_id'),
    objectId: queryValue(request, 'object_id') ?? queryValue(request, 'principal_id'),
    resourceId: queryValue(request, 'msi_res_id') ?? queryValue(request, 'mi_res_id'),
  });
  if (lookup.kind === 'unknown') return refuse('invalid_request', 'Identity not found');
  if (lookup.kind === 'ambiguous') {
    return refuse(
      'invalid_request',
      'Multiple user assigned identities exist, please specify the clientId / resourceId',
    );
  }
  const issued = await world.accessTokens.issue(lookup.identity, resource);
  return reply.header('cache-control', 'no-store').send({
    access_token: issued.token,
    client_id: lookup.identity.clientId,
    expires_in: String(issued.lifetime),
    expires_on: String(issued.expiresAt),
    ext_expires_in: String(issued.lifetime),
    not_before: String(issued.notBefore),
    resource,
    token_type: 'Bearer',
  });
}
