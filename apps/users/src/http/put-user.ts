import { Problem } from '@seaworthy/chassis/problem';
import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { UserReplacement, userRoles } from '@seaworthy/contracts/users';
import { entityTag } from '../entity-tag.ts';
import { writableVersions } from '../if-none-match.ts';
import { replaceUser } from '../user-replacement.ts';
import { addUser, type Now, type Users } from '../users.ts';
import { bodyProblems } from './body-problems.ts';
import { Preconditions, requiredVersions } from './preconditions.ts';
import { createdAnswer, userAnswer } from './user-answer.ts';
import { UserPath } from './user-path.ts';

/** `PUT /users/{id}` */
export function putUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.readWrite] },
    schema: {
      operationId: 'putUser',
      summary: 'Replace a user, or take one in under an id of your own',
      description:
        '`If-Match` replaces what it names, `If-None-Match: *` creates. Absent fields are not there afterwards.',
      tags: ['users'],
      params: UserPath,
      headers: Preconditions,
      body: UserReplacement,
      response: {
        200: userAnswer('The user as it is now.'),
        201: createdAnswer('The new user.'),
        ...problemResponses('conflict', 'precondition-failed', 'precondition-required', ...bodyProblems),
      },
    },
    handler: async (request, reply) => {
      const { params, body, headers, routeOptions } = request;
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
      if (ifNoneMatch?.trim() !== '*') {
        const versions = await writableVersions(users, params.id, { versions: requiredVersions(ifMatch), ifNoneMatch });
        const user = await replaceUser(users, params.id, { replacement: body, versions, now });
        return reply.header('etag', entityTag(user.version)).send(user);
      }
      if (ifMatch !== undefined)
        throw new Problem('precondition-failed', 'No user can both be there (If-Match) and not (If-None-Match: *).');
      const { user } = await addUser(users, body, { now, id: params.id });
      const location = `${routeOptions.url?.replace(':id', user.id)}`;
      return reply
        .code(201)
        .headers({ location, etag: entityTag(user.version) })
        .send(user);
    },
  });
}
