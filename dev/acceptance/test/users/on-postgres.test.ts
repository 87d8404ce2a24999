import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { usersContract } from './users.contract.ts';
import { startUsers, type UsersProgram } from './users-program.ts';

const server = process.env['TEST_DATABASE_URL'];

describe.skipIf(!server)('users, the program on a real Postgres', () => {
  const name = `users_${randomUUID().replaceAll('-', '')}`;
  let program: UsersProgram;
  beforeAll(async () => {
    await run(`create database ${name}`);
    program = await startUsers({ DATABASE_URL: Object.assign(new URL(server ?? ''), { pathname: name }).href });
  });
  afterAll(async () => {
    await program?.stop();
    await run(`drop database ${name} with (force)`);
  });

  usersContract(() => ({ baseUrl: program.address }));
});

async function run(sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
