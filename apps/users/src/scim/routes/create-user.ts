import { route } from '@seaworthy/chassis/route';
import { userRoles } from '@seaworthy/contracts/users';
import { addUser, type Now, type Users } from '../../users.ts';
import { contentOf } from '../content.ts';
import { readDocument } from '../document.ts';
import { readProjection } from '../list-request.ts';
import { bodyTypes, sendUser } from '../scim-answers.ts';
import { ProjectionQuery, scimErrors, UserBody, userAnswer } from './message-schemas.ts';

/** `POST /scim/v2/Users` (RFC 7644, section 3.3) */
export function createUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.provision] },
    schema: {
      operationId: 'createScimUser',
      summary: 'Take in a user of a directory',
      tags: ['scim'],
      consumes: [...bodyTypes],
      querystring: ProjectionQuery,
      body: UserBody,
      response: { 201: userAnswer('The user.'), ...scimErrors(409, 413, 415) },
    },
    handler: async (request, reply) => {
      const projection = readProjection(request.query);
      const { user } = await addUser(users, contentOf(readDocument(request.body)), { now });
      return sendUser(reply.code(201), user, projection);
    },
  });
}
