import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import { SourceFailure } from '../source-failure.ts';
import type { Subscription, SubscriptionSource } from '../subscription-source.ts';
import { tenantReads } from './allowance.ts';
import { type Azure, clientOptions, preparePipeline } from './azure-reading.ts';
import { readWithToken } from './token-reading.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The subscriptions that the service's identity may see, from Azure Resource Manager. */
export function armSubscriptions(azure: Azure): SubscriptionSource {
  return {
    list: (signal) =>
      readWithToken({ ...azure, subject: 'subscriptions', signal }, async (credential) => {
        signal.throwIfAborted();
        const client = new SubscriptionClient(credential, clientOptions(azure));
        preparePipeline(client.pipeline, azure, {
          target: 'arm',
          signal,
          allowance: tenantReads,
          remaining: () => undefined, // a gauge is for reads of subscriptions
        });
        const found = new Map<string, Subscription>();
        for await (const page of client.subscriptions.list().byPage())
          for (const each of page.map(readSubscription)) found.set(each.subscriptionId, each);
        return [...found.values()];
      }),
  };
}

function readSubscription(found: { subscriptionId?: unknown; displayName?: unknown; state?: unknown }): Subscription {
  const subscriptionId = String(found.subscriptionId).toLowerCase();
  if (!uuid.test(subscriptionId))
    throw new SourceFailure('invalid-answer', 'A subscription in the answer has no subscription id.');
  return { subscriptionId, displayName: textOrNull(found.displayName), state: textOrNull(found.state) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
