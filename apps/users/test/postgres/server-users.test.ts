import { sql } from 'kysely';
import { describe } from 'vitest';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { openServer } from '../../src/postgres/server.ts';
import { usersContract } from '../users.contract.ts';
import { silentLog } from '../users-server.ts';
import { createTestDatabase, poolSettings, serverUrl } from './test-database.ts';

describe.skipIf(!serverUrl)('users in a real Postgres', () => {
  usersContract(async () => {
    const database = await createTestDatabase();
    const { kysely, migrate, close } = await openServer(poolSettings(database.url), silentLog);
    await migrate();
    return {
      users: postgresUsers({ kysely }),
      clear: () => sql`truncate users, idempotency_keys`.execute(kysely),
      close: () => close().then(database.drop),
    };
  });
});
