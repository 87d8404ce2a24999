import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { describe } from 'vitest';
import { embedded } from '../../src/postgres/embedded.ts';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { usersContract } from '../users.contract.ts';
import { silentLog } from '../users-server.ts';

describe('users in the embedded Postgres', () => {
  usersContract(async () => {
    const { kysely, migrate, close } = embedded(await PGlite.create(), silentLog);
    await migrate();
    return {
      users: postgresUsers({ kysely }),
      clear: () => sql`truncate users, idempotency_keys`.execute(kysely),
      close,
    };
  });
});
