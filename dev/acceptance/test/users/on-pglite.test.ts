import { afterAll, beforeAll, describe } from 'vitest';
import { usersContract } from './users.contract.ts';
import { startUsers, type UsersProgram } from './users-program.ts';

describe('users, the program on its embedded Postgres', () => {
  let program: UsersProgram;
  beforeAll(async () => {
    program = await startUsers();
  });
  afterAll(() => program?.stop());

  usersContract(() => ({ baseUrl: program.address }));
});
