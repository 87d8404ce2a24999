import { ArmError } from '../arm-error.ts';
import { queryValue } from '../http-app.ts';
import type { ResourceGroup } from '../seed.ts';
import type { ArmHandler, ArmRequest } from './arm-request.ts';
import { permittedSubscription } from './authorization.ts';
import { parseGroupFilter } from './group-filter.ts';
import { pageOf } from './page.ts';

/** `GET /subscriptions/{id}/resourcegroups`, one page of it. */
export const listResourceGroups: ArmHandler = async (armRequest) => {
  const { world, request } = armRequest;
  const subscription = subscriptionOf(armRequest);
  const wanted = parseGroupFilter(queryValue(request, '$filter'));
  const { httpsUrl: listenerUrl, pageSize } = world;
  const page = pageOf(world.state.groups(subscription), { request, listenerUrl, pageSize, wanted });
  const value = page.groups.map((group) => describe(group, subscription));
  return page.nextLink === undefined ? { value } : { value, nextLink: page.nextLink };
};

/** `GET /subscriptions/{id}/resourcegroups/{name}`, in the casing of its creation. */
export const getResourceGroup: ArmHandler = async (armRequest) => {
  const subscription = subscriptionOf(armRequest);
  const { group: name } = armRequest.params;
  const group = armRequest.world.state.groups(subscription).get(name);
  if (group === undefined) throw new ArmError('ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  return describe(group, subscription);
};

/** `HEAD` of the same: 204 or 404, and no body. */
export const checkResourceGroup: ArmHandler = async (armRequest) => {
  const { world, params } = armRequest;
  const found = world.state.groups(subscriptionOf(armRequest)).get(params.group);
  return armRequest.reply.code(found === undefined ? 404 : 204).send();
};

function subscriptionOf({ world, caller, params }: ArmRequest): { readonly id: string } {
  const action = 'Microsoft.Resources/subscriptions/resourceGroups/read';
  return permittedSubscription(world.state, { caller, subscriptionId: params.subscription, action });
}

function describe(
  { name, location, tags, managedBy }: ResourceGroup,
  { id }: { readonly id: string },
): Record<string, unknown> {
  return {
    id: `/subscriptions/${id}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    ...(managedBy === undefined ? {} : { managedBy }),
    ...(tags === undefined ? {} : { tags }),
    properties: { provisioningState: 'Succeeded' },
  };
}
