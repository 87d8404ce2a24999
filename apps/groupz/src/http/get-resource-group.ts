import type { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import { route } from '@seaworthy/chassis/route';
import { NoQuery, ResourceGroup } from '@seaworthy/contracts/groupz';
import { Type } from 'typebox';
import type { ReadModel } from '../read-model.ts';
import { Conditional, freshAnswer, freshHeaders, notModified } from './fresh-answer.ts';

const Params = Type.Object({
  subscriptionId: Type.String({ description: 'In any case.' }),
  name: Type.String({ description: 'In any case; the answer has it as Azure keeps it.' }),
});

/** `GET /v1/subscriptions/{subscriptionId}/resource-groups/{name}` */
export function getResourceGroup(model: ReadModel, prepared: PreparedAnswers) {
  return route({
    schema: {
      operationId: 'getResourceGroup',
      summary: 'Gets a resource group',
      tags: ['resource groups'],
      params: Params,
      querystring: NoQuery,
      headers: Conditional,
      response: { 200: { ...ResourceGroup, headers: freshHeaders }, ...notModified },
    },
    handler: async (request, reply) =>
      prepared.reply(request, reply, () => {
        const { subscriptionId, name } = request.params;
        const { group, ...standing } = model.group(subscriptionId, name);
        const body = JSON.stringify(group);
        return freshAnswer({ body, identity: [body], standing });
      }),
  });
}
