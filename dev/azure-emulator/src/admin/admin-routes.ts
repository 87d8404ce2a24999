import type { FastifyInstance } from 'fastify';
import type { World } from '../world.ts';
import { faultRoutes } from './fault-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { tokenRoutes } from './token-routes.ts';

/** The emulator's own interface, mounted at `/_emulator` of the plain listener and nowhere else. */
export function adminRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.get('/', async () => overview(world));
    app.get('/ready', async () => ({ ready: true }));
    app.get('/state', async () => ({ ...world.state.snapshot(), faults: world.faults.all }));
    app.post('/reset', async () => {
      world.state.reset();
      world.faults.clear();
      return { reset: true };
    });
    groupRoutes(app, world);
    faultRoutes(app, world);
    tokenRoutes(app, world);
  };
}

function overview({ state, cluster, httpsUrl, httpUrl }: World): Record<string, unknown> {
  return {
    name: 'Seaworthy Azure emulator',
    tenantId: state.tenant.id,
    authority: `${httpsUrl}/`,
    arm: httpsUrl,
    clusterIssuer: cluster.issuer,
    instanceMetadata: `${httpUrl}/metadata/identity/oauth2/token`,
    appService: `${httpUrl}/msi/token`,
    links: ['ready', 'state', 'faults', 'tokens', 'reset'].map((name) => `${httpUrl}/_emulator/${name}`),
  };
}
