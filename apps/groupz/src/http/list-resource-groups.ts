import type { PreparedAnswers } from '@seaworthy/chassis/prepared-answers';
import { route } from '@seaworthy/chassis/route';
import { pageSizes, type ResourceGroupField, ResourceGroupPage, ResourceGroupQuery } from '@seaworthy/contracts/groupz';
import type { Entry } from '../catalog.ts';
import type { ChangeLog } from '../change-log.ts';
import type { GroupPage, ReadModel } from '../read-model.ts';
import { Conditional, errorIdentity, freshAnswer, freshHeaders, notModified } from './fresh-answer.ts';
import { readQuery } from './read-query.ts';

interface Sources {
  model: ReadModel;
  changes: ChangeLog;
  prepared: PreparedAnswers;
}

/** `GET /v1/resource-groups` */
export function listResourceGroups({ model, changes, prepared }: Sources) {
  return route({
    schema: {
      operationId: 'listResourceGroups',
      summary: 'Lists resource groups that meet all filters',
      description:
        'Answered from memory: `freshness` says how old the answer is, `errors` which subscriptions are missing or ' +
        'older than they should be. The `Link` with `rel="monitor"` leads to the changes from this answer on.',
      tags: ['resource groups'],
      querystring: ResourceGroupQuery,
      headers: Conditional,
      response: { 200: { ...ResourceGroupPage, headers: { ...freshHeaders, link } }, ...notModified },
    },
    handler: async (request, reply) =>
      prepared.reply(request, reply, () => {
        const { cursor } = changes;
        const query = readQuery(request.query);
        const { pageSize = pageSizes.default, pageToken } = request.query;
        const page = model.page({ query, pageSize, pageToken });
        const value = page.entries.map((entry) => jsonOf(entry, query.fields)).join();
        return freshAnswer({
          body: bodyOf(value, page),
          // Who has the page already goes on with the token that was in it: so it must be the same.
          identity: [value, page.next ?? '', errorIdentity(page)],
          standing: page,
          // Later pages may be of a snapshot that is older than the cursor; and what is left out of this one although it
          // is known, such as a reading that is too old, may come back without a change.
          ...(pageToken === undefined &&
            page.errors.every(({ served }) => served) && {
              headers: { link: `<resource-groups/changes?since=${cursor}>; rel="monitor"` },
            }),
        });
      }),
  });
}

function bodyOf(value: string, { next, freshness, errors }: GroupPage): string {
  const rest = JSON.stringify({ ...(next !== undefined && { nextPageToken: next }), freshness, errors });
  return `{"value":[${value}],${rest.slice(1)}`;
}

function jsonOf({ group, json }: Entry, fields: readonly ResourceGroupField[] | undefined): string {
  return fields ? JSON.stringify(Object.fromEntries(fields.map((field) => [field, group[field]]))) : json;
}

const link = {
  type: 'string',
  description:
    'Where to watch for changes: `rel="monitor"` (RFC 5989). On first pages only, and when nothing is missing.',
};
