import { route } from '@seaworthy/chassis/route';
import { ResourceGroupNames } from '@seaworthy/contracts/groupz';
import type { Inventory } from '../inventory.ts';

/** `GET /groupz`: a bare array of names, for scripts and people. */
export function listGroups(inventory: Inventory) {
  return route({
    schema: {
      operationId: 'listGroups',
      summary: 'Lists the names of all resource groups',
      description:
        'Of every configured subscription, as of the last refresh; `Age` says how long ago that was. A name that two ' +
        'subscriptions use is listed twice. 503 until every subscription has been loaded once.',
      tags: ['resource groups'],
      response: { 200: { ...ResourceGroupNames, headers: { age } } },
    },
    handler: async (_request, reply) => {
      const { names, ageSeconds } = inventory.listNames();
      // Asking again costs no more than asking a cache would, and `Age` stays the whole truth.
      return reply
        .header('age', ageSeconds)
        .header('cache-control', 'private, no-cache')
        .send([...names]);
    },
  });
}

const age = { type: 'integer', minimum: 0, description: 'Seconds since the oldest part of the list was read.' };
