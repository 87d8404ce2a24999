import type { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import { route } from '@seaworthy/chassis/route';
import { NoQuery, ResourceGroupNames } from '@seaworthy/contracts/groupz';
import type { ReadModel } from '../read-model.ts';
import { Conditional, errorIdentity, freshAnswer, freshHeaders, notModified } from './fresh-answer.ts';

/** `GET /groupz`: a bare array of names, for scripts and people. */
export function listGroups(model: ReadModel, prepared: PreparedAnswers) {
  return route({
    schema: {
      operationId: 'listGroups',
      summary: 'Lists the names of all resource groups',
      description:
        'Of every subscription, as of the last reading; `Age` says how long ago that was. A name that two ' +
        'subscriptions use is listed twice. 503 until every subscription has been tried once; those that cannot be ' +
        'read are named by `X-Missing-Subscriptions`.',
      tags: ['resource groups'],
      querystring: NoQuery,
      headers: Conditional,
      response: {
        200: { ...ResourceGroupNames, headers: { ...freshHeaders, 'x-missing-subscriptions': missing } },
        ...notModified,
      },
    },
    handler: async (request, reply) =>
      prepared.reply(request, reply, () => {
        const { names, ...standing } = model.names();
        const body = JSON.stringify(names);
        const absent = standing.errors.filter(({ served }) => !served).map(({ subscriptionId }) => subscriptionId);
        const headers = absent.length > 0 ? { 'x-missing-subscriptions': listOf(absent) } : {};
        return freshAnswer({ body, identity: [body, errorIdentity(standing)], standing, headers });
      }),
  });
}

// 50 ids are 2 KB: a proxy refuses an answer with headers of more than 4 KB or so.
const mostNamed = 50;

function listOf(ids: readonly string[]): string {
  const more = ids.length > mostNamed ? [`and ${ids.length - mostNamed} more`] : [];
  return [...ids.slice(0, mostNamed), ...more].join(', ');
}

const missing = {
  type: 'string',
  description:
    `Ids of subscriptions that could not be read, at most ${mostNamed}, and how many more; absent when there are none. ` +
    'The list at /v1/subscriptions has them all.',
};
