import { limitRate, type RateLimit } from '@seaworthy/chassis/rate-limit';
import type { Routes, Server } from '@seaworthy/chassis/route';
import type { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import { changeUser } from './http/change-user.ts';
import { createUser } from './http/create-user.ts';
import { deleteUser } from './http/delete-user.ts';
import { listUsers } from './http/list-users.ts';
import { acceptMergePatch } from './http/merge-patch.ts';
import { negotiate } from './http/negotiation.ts';
import { neverStore } from './http/never-store.ts';
import { putUser } from './http/put-user.ts';
import { showUser } from './http/show-user.ts';
import { versioned } from './http/versioned.ts';
import { scimFace } from './scim/scim-face.ts';
import type { Now, Users } from './users.ts';

export interface AppOptions {
  users: Users;
  /** Signs what leads from page to page. */
  tokens: SignedTokens;
  now?: Now;
  /** Per caller; absent is none. */
  rateLimit?: RateLimit;
}

/** The users API: every route there is. Two faces on the same domain functions. */
export function app({
  users,
  tokens,
  now = () => new Date(),
  rateLimit = { requests: 0, seconds: 60 },
}: AppOptions): Routes {
  return async (server) => {
    limitRate(server, rateLimit);
    neverStore(server);
    await server.register(async (scope) => scimFace({ users, tokens, now })(scope as Server), { prefix: '/scim/v2' });
    await server.register(async (scope) => rest(scope as Server));
  };

  function rest(server: Server): void {
    negotiate(server);
    acceptMergePatch(server);
    for (const path of ['/users', '/v1/users']) {
      server.get(path, versioned(path, listUsers(users, tokens)));
      server.post(path, versioned(path, createUser(users, now)));
      server.get(`${path}/:id`, versioned(path, showUser(users)));
      server.put(`${path}/:id`, versioned(path, putUser(users, now)));
      server.patch(`${path}/:id`, versioned(path, changeUser(users, now)));
      server.delete(`${path}/:id`, versioned(path, deleteUser(users, now)));
    }
  }
}
