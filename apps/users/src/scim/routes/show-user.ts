import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { Type } from 'typebox';
import { entityTag, matchedVersions, namesVersion, requireVersion } from '../../entity-tag.ts';
import { type Users, userById } from '../../users.ts';
import { readProjection } from '../list-request.ts';
import { sendUser } from '../scim-answers.ts';
import { readUserId } from '../user-id.ts';
import { Preconditions, ProjectionQuery, scimErrors, UserPath, userAnswer } from './message-schemas.ts';

/** `GET /scim/v2/Users/{id}` (RFC 7644, section 3.4.1) */
export function showUser(users: Users) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'showScimUser',
      summary: 'Show one user',
      tags: ['scim'],
      params: UserPath,
      querystring: ProjectionQuery,
      headers: Preconditions,
      response: {
        200: userAnswer('The user.'),
        304: Type.Null({ description: 'The user is as If-None-Match says.' }),
        ...scimErrors(404, 412),
      },
    },
    handler: async (request, reply) => {
      const projection = readProjection(request.query);
      const user = await userById(users, readUserId(request.params));
      requireVersion(matchedVersions(request.headers['if-match'], 'weak'), user.version);
      if (namesVersion(request.headers['if-none-match'], user.version))
        return reply.code(304).header('etag', entityTag(user.version)).send();
      return sendUser(reply, user, projection);
    },
  });
}
