import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { matchedVersions } from '../../entity-tag.ts';
import { writableVersions } from '../../if-none-match.ts';
import type { Now, Users } from '../../users.ts';
import { readProjection } from '../list-request.ts';
import { readOperations } from '../patch/operations.ts';
import { patchUser } from '../patch-user.ts';
import { bodyTypes, sendUser } from '../scim-answers.ts';
import { readUserId } from '../user-id.ts';
import { PatchBody, Preconditions, ProjectionQuery, scimErrors, UserPath, userAnswer } from './message-schemas.ts';

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
      headers: Preconditions,
      body: PatchBody,
      response: { 200: userAnswer('The user.'), ...scimErrors(404, 409, 412, 413, 415) },
    },
    handler: async (request, reply) => {
      const projection = readProjection(request.query);
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
      const id = readUserId(request.params);
      const operations = readOperations(request.body);
      const versions = await writableVersions(users, id, { versions: matchedVersions(ifMatch, 'weak'), ifNoneMatch });
      const user = await patchUser(users, id, { operations, now, versions });
      return sendUser(reply, user, projection);
    },
  });
}
