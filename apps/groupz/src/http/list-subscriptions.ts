import type { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import { route } from '@seaworthy/chassis/route';
import { NoQuery, SubscriptionList } from '@seaworthy/contracts/groupz';
import type { ReadModel } from '../read-model.ts';
import { Conditional, freshAnswer, freshHeaders, notModified } from './fresh-answer.ts';

/** `GET /v1/subscriptions` */
export function listSubscriptions(model: ReadModel, prepared: PreparedAnswers) {
  return route({
    schema: {
      operationId: 'listSubscriptions',
      summary: 'Lists the subscriptions, and how well each is known',
      tags: ['subscriptions'],
      querystring: NoQuery,
      headers: Conditional,
      response: { 200: { ...SubscriptionList, headers: freshHeaders }, ...notModified },
    },
    handler: async (request, reply) =>
      prepared.reply(request, reply, () => {
        const { trueForMilliseconds, ...list } = model.subscriptions();
        const identity = [JSON.stringify(list, withoutTime)];
        return freshAnswer({ body: JSON.stringify(list), identity, standing: { ...list, trueForMilliseconds } });
      }),
  });
}

/** Leaves out what changes while nothing happens. */
function withoutTime(key: string, value: unknown): unknown {
  return key === 'freshness' || key === 'retryAfterSeconds' ? undefined : value;
}
