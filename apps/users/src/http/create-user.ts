import { route } from '@seaworthy/chassis/route';
import { User, UserDraft } from '@seaworthy/contracts/users';
import { type Now, registerUser, type Users } from '../users.ts';

/** `POST /users` */
export function createUser(users: Users, now: Now) {
  return route({
    schema: {
      operationId: 'createUser',
      summary: 'Take in a new user',
      tags: ['users'],
      body: UserDraft,
      response: {
        201: { ...User, description: 'The user.', headers: { location: { type: 'string', description: 'Its path.' } } },
      },
    },
    handler: async (request, reply) => {
      const user = await registerUser(users, request.body, now());
      return reply.code(201).header('location', `/users/${user.id}`).send(user);
    },
  });
}
