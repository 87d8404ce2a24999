import type { FastifyInstance } from 'fastify';
import type { World } from '../world.ts';

/** What a cluster's issuer publishes: its discovery document and the keys of its service account tokens. */
export function clusterRoutes({ cluster, httpsUrl }: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    const path = new URL(cluster.issuer).pathname;
    const jwksPath = `${path}openid/v1/jwks`;
    app.get(`${path}.well-known/openid-configuration`, async () => ({
      issuer: cluster.issuer,
      jwks_uri: `${httpsUrl}${jwksPath}`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    }));
    app.get(jwksPath, async () => cluster.key.jwks);
  };
}
