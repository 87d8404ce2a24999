import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { UserDraft, userRoles } from '@seaworthy/contracts/users';
import { entityTag } from '../entity-tag.ts';
import { addUser, type Now, type Users } from '../users.ts';
import { bodyProblems } from './body-problems.ts';
import { IdempotencyKey, onceOf } from './idempotency-key.ts';
import { createdAnswer } from './user-answer.ts';

/** `POST /users` */
export function createUser(users: Users, now: Now) {
  return route({
    config: { roles: [userRoles.readWrite] },
    schema: {
      operationId: 'createUser',
      summary: 'Take in a new user',
      tags: ['users'],
      headers: IdempotencyKey,
      body: UserDraft,
      response: { 201: createdAnswer('The user.'), ...problemResponses('conflict', ...bodyProblems) },
    },
    handler: async (request, reply) => {
      const once = onceOf(request.headers['idempotency-key'], request.caller.id, request.body);
      const { user, replayed } = await addUser(users, request.body, { now, once });
      if (replayed) reply.header('idempotency-replayed', 'true');
      const location = `${request.routeOptions.url}/${user.id}`;
      return reply
        .code(201)
        .headers({ location, etag: entityTag(user.version) })
        .send(user);
    },
  });
}
