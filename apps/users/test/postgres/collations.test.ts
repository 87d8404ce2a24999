import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { openServer } from '../../src/postgres/server.ts';
import { filteringContract } from '../contract/filtering.ts';
import { silentLog } from '../users-server.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

describe.skipIf(!serverUrl)('in a database that orders texts as dictionaries do', () => {
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase();
    const name = `${new URL(test.url).pathname.slice(1)}_icu`;
    await test.run(`create database ${name} template template0 locale_provider icu icu_locale 'en-US'`);
    database = await openServer(poolSettings(Object.assign(new URL(test.url), { pathname: name }).href), silentLog);
    await database.migrate();
  });
  beforeEach(() => sql`truncate users`.execute(database.kysely));
  afterAll(async () => {
    await database.close();
    await test.run(`drop database ${new URL(test.url).pathname.slice(1)}_icu with (force)`);
    await test.drop();
  });

  filteringContract(() => postgresUsers(database));
});
