import { queryValue } from '../http-app.ts';
import type { ResourceGroup, Subscription } from '../seed.ts';
import { ArmError } from './arm-error.ts';
import type { ArmHandler, ArmRequest } from './arm-request.ts';
import { permittedSubscription } from './authorization.ts';
import { parseGroupFilter } from './group-filter.ts';
import { pageOf } from './page.ts';

/** `GET /subscriptions/{id}/resourcegroups`, one page of it. */
export const listResourceGroups: ArmHandler = async (armRequest) => {
  const { world, request } = armRequest;
  const subscription = subscriptionOf(armRequest);
  const wanted = parseGroupFilter(queryValue(request, '$filter'));
  const groups = world.state.groups(subscription).filter(wanted);
  const page = pageOf(groups, { request, listenerUrl: world.httpsUrl, pageSize: world.pageSize });
  const value = page.groups.map((group) => describe(group, subscription));
  return page.nextLink === undefined ? { value } : { value, nextLink: page.nextLink };
};

/** `GET /subscriptions/{id}/resourcegroups/{name}`, in the casing of its creation. */
export const getResourceGroup: ArmHandler = async (armRequest) => {
  const subscription = subscriptionOf(armRequest);
  const { group: name } = armRequest.params;
  const group = armRequest.world.state.group(subscription, name);
  if (group === undefined) throw new ArmError('ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  return describe(group, subscription);
};

/** `HEAD` of the same: 204 or 404, and no body. */
export const checkResourceGroup: ArmHandler = async (armRequest) => {
  const found = armRequest.world.state.group(subscriptionOf(armRequest), armRequest.params.group);
  return armRequest.reply.code(found === undefined ? 404 : 204).send();
};

function subscriptionOf({ world, caller, params }: ArmRequest): Subscription {
  const action = 'Microsoft.Resources/subscriptions/resourceGroups/read';
  return permittedSubscription(world.state, { caller, subscriptionId: params.subscription, action });
}

function describe({ name, location, tags, managedBy }: ResourceGroup, { id }: Subscription): Record<string, unknown> {
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
