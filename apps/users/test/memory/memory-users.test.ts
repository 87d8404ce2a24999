import { describe } from 'vitest';
import { memoryUsers } from '../../src/memory/memory-users.ts';
import { usersContract } from '../users.contract.ts';

describe('users in memory', () => {
  usersContract(async () => {
    const store = {
      users: memoryUsers(),
      async clear() {
        store.users = memoryUsers();
      },
      close: async () => undefined,
    };
    return store;
  });
});
