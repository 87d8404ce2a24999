import { ArmError } from '../arm-error.ts';
import type { Application, SubscriptionDescription } from '../seed.ts';
import type { State } from '../state.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Permission {
  readonly caller: Application;
  /** As the path gives it. */
  readonly subscriptionId: string;
  /** An operation of a resource provider, such as `Microsoft.Resources/subscriptions/read`. */
  readonly action: string;
}

/** The subscription, if the caller was given access to it. Throws an ArmError: malformed, unknown, or not permitted. */
export function permittedSubscription(
  state: State,
  { caller, subscriptionId, action }: Permission,
): SubscriptionDescription {
  if (!UUID.test(subscriptionId)) {
    const message = `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`;
    throw new ArmError('InvalidSubscriptionId', message);
  }
  const subscription = state.subscription(subscriptionId);
  if (subscription === undefined) {
    throw new ArmError('SubscriptionNotFound', `The subscription '${subscriptionId}' could not be found.`);
  }
  if (!state.readable(caller).includes(subscription)) {
    const who = `The client '${caller.clientId}' with object id '${caller.objectId}'`;
    const what = `does not have authorization to perform action '${action}' over scope '/subscriptions/${subscription.id}'`;
    throw new ArmError('AuthorizationFailed', `${who} ${what} or the scope is invalid.`);
  }
  return subscription;
}
