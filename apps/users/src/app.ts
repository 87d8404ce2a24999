import type { Routes } from '@seaworthy/chassis/route';
import { changeUser } from './http/change-user.ts';
import { createUser } from './http/create-user.ts';
import { deleteUser } from './http/delete-user.ts';
import { listUsers } from './http/list-users.ts';
import { acceptMergePatch } from './http/merge-patch.ts';
import { showUser } from './http/show-user.ts';
import type { Users } from './users.ts';

/** The users API: every route there is. */
export function app({ users }: { users: Users }): Routes {
  return (server) => {
    acceptMergePatch(server);
    server.get('/users', listUsers(users));
    server.post('/users', createUser(users));
    server.get('/users/:id', showUser(users));
    server.patch('/users/:id', changeUser(users));
    server.delete('/users/:id', deleteUser(users));
  };
}
