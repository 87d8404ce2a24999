import type { FastifyInstance } from 'fastify';
import type { World } from '../world.ts';
import { accessTokenRoute } from './access-token-route.ts';
import { faultRoutes } from './fault-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { type ProjectedTokens, tokenRoutes } from './token-routes.ts';

/** The emulator's own interface, mounted at `/_emulator` of the plain listener and nowhere else. */
export function adminRoutes(world: World, files: ProjectedTokens): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.get('/', async () => overview(world));
    app.get('/ready', async () => ({ ready: true }));
    app.get('/state', async () => ({ ...world.state.snapshot(), ...observed(world) }));
    app.get('/calls', async () => observed(world));
    app.post('/reset', async () => {
      world.reset();
      return { reset: true };
    });
    subscriptionRoutes(app, world);
    groupRoutes(app, world);
    faultRoutes(app, world);
    tokenRoutes(app, world, files);
    accessTokenRoute(app, world);
    keyRoutes(app, world);
  };
}

/** What the emulator saw of its callers since it started or was reset. */
function observed({ faults, calls, allowance, quota }: World): Record<string, unknown> {
  return { faults: faults.all, calls: calls.all, earlyRetries: allowance.early + quota.early + faults.earlyRetries };
}

function overview({ state, cluster, issuer, httpsUrl, httpUrl }: World): Record<string, unknown> {
  return {
    name: 'Seaworthy Azure emulator',
    tenantId: state.tenant.id,
    authority: `${httpsUrl}/`,
    issuer,
    arm: httpsUrl,
    clusterIssuer: cluster.issuer,
    instanceMetadata: `${httpUrl}/metadata/identity/oauth2/token`,
    appService: `${httpUrl}/msi/token`,
    links: ['ready', 'state', 'calls', 'faults', 'access-token', 'tokens', 'reset'].map(
      (name) => `${httpUrl}/_emulator/${name}`,
    ),
  };
}
