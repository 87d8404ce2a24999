import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { Type } from 'typebox';
import { entityTag, matchedVersions, namesVersion, requireVersion } from '../entity-tag.ts';
import { type Users, userById } from '../users.ts';
import { Preconditions } from './preconditions.ts';
import { userAnswer } from './user-answer.ts';
import { UserPath } from './user-path.ts';

/** `GET /users/{id}` */
export function showUser(users: Users) {
  return route({
    config: { roles: [userRoles.read, userRoles.readWrite] },
    schema: {
      operationId: 'showUser',
      summary: 'Show one user',
      tags: ['users'],
      params: UserPath,
      headers: Preconditions,
      response: {
        200: userAnswer('The user.'),
        304: Type.Null({ description: 'If-None-Match names the present version.' }),
        ...problemResponses(
          ...(['bad-request', 'not-found', 'not-acceptable', 'precondition-failed', 'too-many-requests'] as const),
          'unavailable',
        ),
      },
    },
    handler: async (request, reply) => {
      const user = await userById(users, request.params.id);
      requireVersion(matchedVersions(request.headers['if-match']), user.version);
      reply.header('etag', entityTag(user.version));
      if (namesVersion(request.headers['if-none-match'], user.version)) return reply.code(304).send(null);
      return reply.send(user);
    },
  });
}
