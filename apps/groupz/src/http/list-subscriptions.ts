import { route } from '@seaworthy/chassis/route';
import { SubscriptionList } from '@seaworthy/contracts/groupz';
import type { ReadModel } from '../read-model.ts';

/** `GET /v1/subscriptions` */
export function listSubscriptions(model: ReadModel) {
  return route({
    schema: {
      operationId: 'listSubscriptions',
      summary: 'Lists the subscriptions, and how well each is known',
      tags: ['subscriptions'],
      response: { 200: SubscriptionList },
    },
    handler: async (_request, reply) =>
      reply.header('cache-control', 'private, no-cache').send({ value: [...model.subscriptions()] }),
  });
}
