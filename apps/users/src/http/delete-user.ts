import { route } from '@seaworthy/chassis/route';
import { Type } from 'typebox';
import { removeUser, type Users } from '../users.ts';
import { UserPath } from './user-path.ts';

/** `DELETE /users/{id}` */
export function deleteUser(users: Users) {
  return route({
    schema: {
      operationId: 'deleteUser',
      summary: 'Forget a user',
      tags: ['users'],
      params: UserPath,
      response: { 204: Type.Null({ description: 'The user is gone.' }) },
    },
    handler: async (request, reply) => {
      await removeUser(users, request.params.id);
      return reply.code(204).send(null);
    },
  });
}
