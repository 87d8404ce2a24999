import { route } from '@seaworthy/chassis/route';
import { User } from '@seaworthy/contracts/users';
import { type Users, userById } from '../users.ts';
import { UserPath } from './user-path.ts';

/** `GET /users/{id}` */
export function showUser(users: Users) {
  return route({
    schema: {
      operationId: 'showUser',
      summary: 'Show one user',
      tags: ['users'],
      params: UserPath,
      response: { 200: { ...User, description: 'The user.' } },
    },
    handler: (request) => userById(users, request.params.id),
  });
}
