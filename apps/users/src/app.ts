import type { Routes } from '@seaworthy/chassis/route';
import { changeUser } from './http/change-user.ts';
import { createUser } from './http/create-user.ts';
import { deleteUser } from './http/delete-user.ts';
import { listUsers } from './http/list-users.ts';
import { acceptMergePatch } from './http/merge-patch.ts';
import { neverStore } from './http/never-store.ts';
import { showUser } from './http/show-user.ts';
import type { Now, Users } from './users.ts';

interface AppOptions {
  users: Users;
  now?: Now;
}

/** The users API: every route there is. */
export function app({ users, now = () => new Date() }: AppOptions): Routes {
  return (server) => {
    neverStore(server);
    acceptMergePatch(server);
    server.get('/users', listUsers(users));
    server.post('/users', createUser(users, now));
    server.get('/users/:id', showUser(users));
    server.patch('/users/:id', changeUser(users, now));
    server.delete('/users/:id', deleteUser(users));
  };
}
