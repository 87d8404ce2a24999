import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { matchedVersions } from '../../entity-tag.ts';
import { writableVersions } from '../../if-none-match.ts';
import { editUser, type Now, type Users } from '../../users.ts';
import { readDocument } from '../document.ts';
import { readProjection } from '../list-request.ts';
import { editOf } from '../patch-user.ts';
import { bodyTypes, sendUser } from '../scim-answers.ts';
import { readUserId } from '../user-id.ts';
import { Preconditions, ProjectionQuery, scimErrors, UserBody, UserPath, userAnswer } from './message-schemas.ts';

/** `PUT /scim/v2/Users/{id}` (RFC 7644, section 3.5.1) */
export function replaceUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'replaceScimUser',
      summary: 'Say anew what a user is',
      description: 'What is absent is removed, but for `active`, which stays as it is.',
      tags: ['scim'],
      consumes: [...bodyTypes],
      params: UserPath,
      querystring: ProjectionQuery,
      headers: Preconditions,
      body: UserBody,
      response: { 200: userAnswer('The user.'), ...scimErrors(404, 409, 412, 413, 415) },
    },
    handler: async (request, reply) => {
      const projection = readProjection(request.query);
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
      const id = readUserId(request.params);
      const edit = editOf(readDocument(request.body));
      const versions = await writableVersions(users, id, { versions: matchedVersions(ifMatch, 'weak'), ifNoneMatch });
      const user = await editUser(users, id, { edit, now, versions });
      return sendUser(reply, user, projection);
    },
  });
}
