import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { matchedVersions } from '../../entity-tag.ts';
import type { Now, Users } from '../../users.ts';
import { readProjection } from '../list-request.ts';
import { readOperations } from '../patch/operations.ts';
import { patchUser } from '../patch-user.ts';
import { bodyTypes, sendUser } from '../scim-answers.ts';
import { readUserId } from '../user-id.ts';
import { IfMatch, PatchBody, ProjectionQuery, scimErrors, UserPath, userAnswer } from './message-schemas.ts';

/** `PATCH /scim/v2/Users/{id}` (RFC 7644, section 3.5.2) */
export function changeUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'patchScimUser',
      summary: 'Change parts of a user',
      description: 'All operations are carried out, or none.',
      tags: ['scim'],
      consumes: [...bodyTypes],
      params: UserPath,
      querystring: ProjectionQuery,
      headers: IfMatch,
      body: PatchBody,
      response: { 200: userAnswer('The user.'), ...scimErrors(404, 409, 412, 413, 415) },
    },
    handler: async (request, reply) => {
      const projection = readProjection(request.query);
      const versions = matchedVersions(request.headers['if-match'], 'weak');
      const id = readUserId(request.params);
      const user = await patchUser(users, id, { operations: readOperations(request.body), now, versions });
      return sendUser(reply, user, projection);
    },
  });
}
