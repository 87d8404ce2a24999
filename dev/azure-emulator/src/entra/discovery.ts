import type { FastifyRequest } from 'fastify';
import { issuerAt } from '../access-tokens.ts';
import { queryValue, requestOrigin } from '../http-app.ts';
import type { World } from '../world.ts';
import { EntraError } from './entra-error.ts';

/**
 * The tenant's OpenID Connect metadata. The issuer has the origin the caller used: MSAL refuses an issuer whose
 * scheme, host or port is not the authority's.
 */
export function openidConfiguration(request: FastifyRequest, { state, httpsUrl }: World): Record<string, unknown> {
  const origin = requestOrigin(request, httpsUrl);
  const base = `${origin}/${state.tenant.id}`;
  return {
    issuer: issuerAt(origin, state.tenant.id),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
    tenant_region_scope: 'EU',
  };
}

/** Entra's instance discovery, which knows only this authority. Throws an EntraError for any other. */
export function instanceDiscovery(request: FastifyRequest, { httpsUrl }: World): Record<string, unknown> {
  const origin = requestOrigin(request, httpsUrl);
  const endpoint = queryValue(request, 'authorization_endpoint') ?? '';
  const authority = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (authority?.origin !== origin) {
    throw new EntraError('unknownInstance', `Unknown or invalid instance '${endpoint}'.`);
  }
  const tenant = authority.pathname.split('/')[1];
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: authority.host, preferred_cache: authority.host, aliases: [authority.host] }],
  };
}
