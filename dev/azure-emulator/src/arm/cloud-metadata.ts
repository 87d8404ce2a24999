import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requireApiVersion } from '../api-version.ts';
import { speakArm } from '../arm-service.ts';
import { requestOrigin } from '../http-app.ts';
import type { World } from '../world.ts';

/** The later version describes one cloud, the earlier one a list of them. */
const ONE_CLOUD = '2022-09-01';
const LIST_OF_CLOUDS = '2019-05-01';

/** What `az cloud register` and Terraform learn a cloud's endpoints from. Mounted at `/metadata`; needs no token. */
export function cloudMetadataRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    speakArm(app, world, { target: 'arm' });
    app.get('/endpoints', { config: { operation: 'metadata.endpoints' } }, async (request) => {
      const version = requireApiVersion(request, [ONE_CLOUD, LIST_OF_CLOUDS]);
      const cloud = describe(request, world);
      return version === ONE_CLOUD ? cloud : [cloud];
    });
  };
}

function describe(request: FastifyRequest, { httpsUrl, state }: World): Record<string, unknown> {
  const origin = requestOrigin(request, httpsUrl);
  return {
    name: 'AzureEmulator',
    authentication: {
      loginEndpoint: origin,
      audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
      tenant: state.tenant.id,
      identityProvider: 'AAD',
    },
    resourceManager: `${origin}/`,
    // The CLI reads these members although nothing answers at what they name.
    ...{
      portal: origin,
      gallery: origin,
      batch: origin,
      media: origin,
      sqlManagement: origin,
      vmImageAliasDoc: origin,
    },
    graphAudience: 'https://graph.windows.net/',
    activeDirectoryDataLake: 'https://datalake.azure.net/',
    suffixes: {},
  };
}
