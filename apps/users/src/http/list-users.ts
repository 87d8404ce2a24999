import { route } from '@seaworthy/chassis/route';
import { UserPage, UserQuery } from '@seaworthy/contracts/users';
import { pageOfUsers, type Users } from '../users.ts';
import { readPageToken, writePageToken } from './page-token.ts';

/** `GET /users` */
export function listUsers(users: Users) {
  return route({
    schema: {
      operationId: 'listUsers',
      summary: 'List users, oldest first',
      tags: ['users'],
      querystring: UserQuery,
      response: { 200: { ...UserPage, description: 'A page of users; the last one has no nextPageToken.' } },
    },
    handler: async (request) => {
      const { pageSize, pageToken, ...filters } = request.query;
      const after = pageToken === undefined ? undefined : readPageToken(pageToken);
      const { page, next } = await pageOfUsers(users, { ...filters, after }, pageSize);
      return { value: page, ...(next && { nextPageToken: writePageToken(next) }) };
    },
  });
}
