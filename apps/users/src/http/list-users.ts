import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import type { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import { pageSizes, UserPage, UserQuery, userRoles } from '@seaworthy/contracts/users';
import { pageOfUsers } from '../user-list.ts';
import type { Users } from '../users.ts';
import { orderOf, selectionOf } from './read-query.ts';

/** `GET /users` */
export function listUsers(users: Users, tokens: SignedTokens) {
  return route({
    config: { roles: [userRoles.read, userRoles.readWrite] },
    schema: {
      operationId: 'listUsers',
      summary: 'List users',
      tags: ['users'],
      querystring: UserQuery,
      response: {
        200: {
          ...UserPage,
          description: 'A page of users; the last one has no nextPageToken.',
          headers: { link: { type: 'string', description: 'The next page, `rel="next"` (RFC 8288).' } },
        },
        ...problemResponses('bad-request', 'not-acceptable', 'too-many-requests', 'unavailable'),
      },
    },
    handler: async (request, reply) => {
      const { pageSize = pageSizes.default, pageToken, count } = request.query;
      const selection = selectionOf(request.query);
      const listing = {
        ...selection,
        order: orderOf(request.query),
        pageSize: Math.min(pageSize, pageSizes.most),
        pageToken,
      };
      const page = pageOfUsers(users, tokens, listing);
      const counted = count === 'exact' ? users.count(selection) : undefined;
      const [{ users: value, nextPageToken }, total] = await Promise.all([page, counted]);
      if (nextPageToken !== undefined) reply.header('link', `<${withToken(request.url, nextPageToken)}>; rel="next"`);
      return {
        value,
        ...(nextPageToken !== undefined && { nextPageToken }),
        ...(total !== undefined && { count: total }),
      };
    },
  });
}

/** The same list, further on. Relative, as only the edges know by what name they were called (RFC 3986, 5.2). */
function withToken(url: string, pageToken: string): string {
  const next = new URL(url, 'http://any');
  next.searchParams.set('pageToken', pageToken);
  return next.pathname + next.search;
}
