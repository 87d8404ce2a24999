import { route } from '@seaworthy/chassis/route';
import { User, UserPatch } from '@seaworthy/contracts/users';
import { amendUser, type Now, type Users } from '../users.ts';
import { patchTypes } from './merge-patch.ts';
import { UserPath } from './user-path.ts';

/** `PATCH /users/{id}` */
export function changeUser(users: Users, now: Now) {
  return route({
    schema: {
      operationId: 'changeUser',
      summary: 'Change what a merge patch names',
      description: 'JSON Merge Patch (RFC 7396): what is absent stays, what is null is removed.',
      tags: ['users'],
      consumes: patchTypes,
      params: UserPath,
      body: UserPatch,
      response: { 200: { ...User, description: 'The changed user.' } },
    },
    handler: (request) => amendUser(users, request.params.id, { patch: request.body, now }),
  });
}
