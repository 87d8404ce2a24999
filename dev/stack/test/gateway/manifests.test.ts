import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readManifests } from '../../src/gateway/manifests.ts';
import { findRoute, orderRoutes } from '../../src/gateway/route-table.ts';

const routes = orderRoutes(readManifests(resolve(import.meta.dirname, '../../../../deploy/services')));

it.each([
  ['/users', 'users'],
  ['/v1/users/1', 'users'],
  ['/scim/v2/Users/.search', 'users'],
  ['/v1/resource-groups', 'groupz'],
  ['/v1/subscriptions', 'groupz'],
  ['/ws', 'realtime'],
  ['/v1', undefined],
  ['/scim', undefined],
  ['/livez', undefined],
])('the routes that ship lead %s to %s', (path, backend) => {
  expect(findRoute(routes, path)?.backend).toBe(backend);
});
