import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { Type } from 'typebox';
import { matchedVersions } from '../entity-tag.ts';
import { writableVersions } from '../if-none-match.ts';
import { type Now, removeUser, type Users } from '../users.ts';
import { Preconditions } from './preconditions.ts';
import { UserPath } from './user-path.ts';

/** `DELETE /users/{id}` */
export function deleteUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.readWrite] },
    schema: {
      operationId: 'deleteUser',
      summary: 'Forget a user',
      description: 'The e-mail address is free again. A repetition is answered alike, whatever `If-Match` it has.',
      tags: ['users'],
      params: UserPath,
      headers: Preconditions,
      response: {
        204: Type.Null({ description: 'The user is gone.' }),
        ...problemResponses(
          ...([
            'bad-request',
            'not-found',
            'not-acceptable',
            'precondition-failed',
            'too-many-requests',
            'unavailable',
          ] as const),
        ),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
      const versions = await writableVersions(users, id, { versions: matchedVersions(ifMatch), ifNoneMatch });
      await removeUser(users, id, { versions, now });
      return reply.code(204).send(null);
    },
  });
}
