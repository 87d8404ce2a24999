import type { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import type { Routes } from '@seaworthy/chassis/route';
import type { ChangeLog } from './change-log.ts';
import type { Clock } from './clock.ts';
import { getResourceGroup } from './http/get-resource-group.ts';
import { listGroups } from './http/list-groups.ts';
import { listResourceGroups } from './http/list-resource-groups.ts';
import { listSubscriptions } from './http/list-subscriptions.ts';
import { watchChanges } from './http/watch-changes.ts';
import type { ReadModel } from './read-model.ts';

interface AppOptions {
  model: ReadModel;
  changes: ChangeLog;
  prepared: PreparedAnswers;
  clock: Clock;
}

/** The service's table of contents. */
export function app({ model, changes, prepared, clock }: AppOptions): Routes {
  return (server) => {
    server.get('/groupz', listGroups(model, prepared));
    server.get('/v1/resource-groups', listResourceGroups({ model, changes, prepared }));
    server.get('/v1/resource-groups/changes', watchChanges(changes, { clock }));
    server.get('/v1/subscriptions', listSubscriptions(model, prepared));
    server.get('/v1/subscriptions/:subscriptionId/resource-groups/:name', getResourceGroup(model, prepared));
    // Whoever watches would hold the drain up.
    server.addHook('preClose', async () => changes.close());
  };
}
