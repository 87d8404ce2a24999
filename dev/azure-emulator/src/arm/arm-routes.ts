import type { FastifyInstance } from 'fastify';
import { speakArm } from '../arm-service.ts';
import type { World } from '../world.ts';
import { type ArmHandler, armOperation } from './arm-request.ts';
import { checkResourceGroup, getResourceGroup, listResourceGroups } from './resource-groups.ts';
import { getSubscription, listSubscriptions } from './subscriptions.ts';
import { listTenants } from './tenants.ts';

const SUBSCRIPTION_VERSIONS = ['2022-12-01', '2022-09-01', '2021-01-01', '2020-01-01', '2019-11-01', '2016-06-01'];
const GROUP_VERSIONS = ['2025-04-01', '2025-03-01', '2024-11-01', '2024-07-01', '2024-03-01', '2023-07-01'].concat([
  '2022-09-01',
  '2021-04-01',
  '2021-01-01',
  '2020-10-01',
  '2020-06-01',
  '2019-10-01',
  '2018-05-01',
  '2016-09-01',
]);

/** Azure Resource Manager, read only: subscriptions and resource groups. Mounted at `/subscriptions`. */
export function armRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    speakArm(app, world, { target: 'arm' });
    const route = routesOf(world);
    app.get('/', ...route('subscriptions.list', SUBSCRIPTION_VERSIONS, listSubscriptions));
    app.get('/:subscription', ...route('subscriptions.get', SUBSCRIPTION_VERSIONS, getSubscription));
    const groups = '/:subscription/resourcegroups';
    app.get(groups, ...route('resourceGroups.list', GROUP_VERSIONS, listResourceGroups));
    app.get(`${groups}/:group`, ...route('resourceGroups.get', GROUP_VERSIONS, getResourceGroup));
    app.head(`${groups}/:group`, ...route('resourceGroups.check', GROUP_VERSIONS, checkResourceGroup));
  };
}

/** The tenants of the caller. Mounted at `/tenants`. */
export function tenantRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    speakArm(app, world, { target: 'arm' });
    app.get('/', ...routesOf(world)('tenants.list', SUBSCRIPTION_VERSIONS, listTenants));
  };
}

function routesOf(world: World) {
  return (operation: string, versions: readonly string[], handle: ArmHandler) =>
    [{ config: { operation } }, armOperation({ world, versions }, handle)] as const;
}
