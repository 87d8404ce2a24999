import { describe } from 'vitest';
import { memoryUsers } from '../../src/memory/memory-users.ts';
import { usersContract } from '../users.contract.ts';

describe('users in memory', () => {
  usersContract(async () => {
    const users = memoryUsers();
    const clear = async () => {
      for (const { id } of await users.list({}, 1000)) await users.remove(id);
    };
    return { users, clear, close: async () => undefined };
  });
});
