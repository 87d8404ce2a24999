import { Problem } from '@seaworthy/chassis/problem';
import type { User } from '@seaworthy/contracts/users';
import type { Users } from '../users.ts';

/** Users in a Map: for tests, and for describing the API without a database. */
export function memoryUsers(): Users {
  const byId = new Map<string, User>();

  function put(user: User): void {
    const taken = [...byId.values()].some(({ id, email }) => email === user.email && id !== user.id);
    if (taken) throw new Problem('conflict', 'This e-mail address belongs to another user.');
    byId.set(user.id, user);
  }

  return {
    add: async (user) => put(user),
    find: async (id) => byId.get(id),
    list: async ({ email, status, after = '' }, limit) =>
      [...byId.values()]
        .filter((user) => user.id > after)
        .filter((user) => (email ?? user.email) === user.email && (status ?? user.status) === user.status)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    async change(id, change) {
      const user = byId.get(id);
      if (user) put(change(user));
      return byId.get(id);
    },
    remove: async (id) => byId.delete(id),
  };
}
