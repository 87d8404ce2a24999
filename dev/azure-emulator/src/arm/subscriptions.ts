import type { SubscriptionDescription } from '../seed.ts';
import type { ArmHandler } from './arm-request.ts';
import { permittedSubscription } from './authorization.ts';

/** `GET /subscriptions`: those the caller was given access to. */
export const listSubscriptions: ArmHandler = async ({ world, caller }) => ({
  value: world.state.readable(caller).map((subscription) => describe(subscription, world.state.tenant.id)),
});

/** `GET /subscriptions/{id}`. */
export const getSubscription: ArmHandler = async ({ world, caller, params }) => {
  const action = 'Microsoft.Resources/subscriptions/read';
  const permission = { caller, subscriptionId: params.subscription, action };
  return describe(permittedSubscription(world.state, permission), world.state.tenant.id);
};

function describe({ id, displayName, state }: SubscriptionDescription, tenantId: string): Record<string, unknown> {
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: id,
    tenantId,
    displayName,
    state,
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
