import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { UserPatch, userRoles } from '@seaworthy/contracts/users';
import { entityTag } from '../entity-tag.ts';
import { writableVersions } from '../if-none-match.ts';
import { editUser, type Now, type Users } from '../users.ts';
import { bodyProblems } from './body-problems.ts';
import { editOf, patchTypes } from './merge-patch.ts';
import { Preconditions, requiredVersions } from './preconditions.ts';
import { userAnswer } from './user-answer.ts';
import { UserPath } from './user-path.ts';

/** `PATCH /users/{id}` */
export function changeUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.readWrite] },
    schema: {
      operationId: 'changeUser',
      summary: 'Change what a merge patch names',
      description: 'JSON Merge Patch (RFC 7396): what is absent stays, what is null is removed. Needs `If-Match`.',
      tags: ['users'],
      consumes: patchTypes,
      params: UserPath,
      headers: Preconditions,
      body: UserPatch,
      response: {
        200: userAnswer('The changed user.'),
        ...problemResponses('not-found', 'conflict', 'precondition-failed', 'precondition-required', ...bodyProblems),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
      const versions = await writableVersions(users, id, { versions: requiredVersions(ifMatch), ifNoneMatch });
      const user = await editUser(users, id, { edit: editOf(request.body), versions, now });
      return reply.header('etag', entityTag(user.version)).send(user);
    },
  });
}
