import { Problem } from '@seaworthy/chassis/problem';
import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { Type } from 'typebox';
import { matchedVersions } from '../../entity-tag.ts';
import { writableVersions } from '../../if-none-match.ts';
import { type Now, removeUser, type Users } from '../../users.ts';
import { readUserId } from '../user-id.ts';
import { Preconditions, scimErrors, UserPath } from './message-schemas.ts';

/** `DELETE /scim/v2/Users/{id}` (RFC 7644, section 3.6) */
export function deleteUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'deleteScimUser',
      summary: 'Forget a user',
      tags: ['scim'],
      params: UserPath,
      headers: Preconditions,
      response: { 204: Type.Null({ description: 'The user is gone.' }), ...scimErrors(404, 412, 413, 415) },
    },
    handler: async (request, reply) => {
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
      const id = readUserId(request.params);
      const versions = await writableVersions(users, id, { versions: matchedVersions(ifMatch, 'weak'), ifNoneMatch });
      if (!(await removeUser(users, id, { now, versions })))
        throw new Problem('not-found', 'There is no user with this id.');
      return reply.code(204).send(null);
    },
  });
}
