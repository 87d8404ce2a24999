import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { embedded } from '../../src/postgres/embedded.ts';
import { prepareTables } from '../../src/postgres/prepare-tables.ts';
import { openServer } from '../../src/postgres/server.ts';
import { silentLog } from '../users-server.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

const all = ['2026-11-23-users', '2026-11-24-directories', '2026-11-25-other-emails'];
const atStart = (url: string, MIGRATE_AT_START: boolean) => ({ ...poolSettings(url), MIGRATE_AT_START });

describe('migrations of the embedded Postgres', () => {
  let database: Database;
  beforeAll(async () => {
    database = embedded(await PGlite.create(), silentLog);
  });
  afterAll(() => database.close());

  it('are applied once, whatever MIGRATE_AT_START says', async () => {
    await prepareTables(database, { MIGRATE_AT_START: false });
    expect(await database.kysely.selectFrom('users').selectAll().execute()).toEqual([]);
    expect(await database.migrate()).toEqual([]);
  });
});

describe.skipIf(!serverUrl)('migrations of a real Postgres', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  it('are demanded where they are not applied at start', async () => {
    const database = await openServer(poolSettings(test.url), silentLog);
    const prepared = prepareTables(database, atStart(test.url, false));
    await expect(prepared).rejects.toThrow(
      /^migrations are missing \(2026-11-23-users, 2026-11-24-directories, 2026-11-25-other-emails\): run migrate.ts first/,
    );
    await database.close();
  });

  it('are applied by one of many that start at once', async () => {
    const databases = await Promise.all(Array.from({ length: 6 }, () => openServer(poolSettings(test.url), silentLog)));
    const applied = await Promise.all(databases.map((database) => database.migrate()));
    expect(applied.toSorted()).toEqual([[], [], [], [], [], all]);
    await Promise.all(databases.map((database) => database.close()));
  });

  it('are left alone where they are there', async () => {
    const database = await openServer(poolSettings(test.url), silentLog);
    await prepareTables(database, atStart(test.url, false));
    await prepareTables(database, atStart(test.url, true));
    expect(await database.migrate()).toEqual([]);
    await database.close();
  });

  it('of a newer release do not stop an older one', async () => {
    await test.run("insert into kysely_migration values ('2099-01-01-newer', now()::text)");
    const database = await openServer(poolSettings(test.url), silentLog);
    await prepareTables(database, atStart(test.url, true));
    await database.check();
    await database.close();
  });

  it('may take longer than a statement may', async () => {
    const slow = poolSettings(test.url, { DATABASE_STATEMENT_TIMEOUT_SECONDS: 0.5 });
    await test.run('drop schema public cascade; create schema public');
    const database = await openServer(slow, silentLog);
    const lock = test.run('begin; select pg_advisory_lock(3853314791062309107); select pg_sleep(2)');
    await expect.poll(() => test.run("select 1 from pg_locks where locktype = 'advisory'")).toHaveLength(1);
    expect(await database.migrate()).toEqual(all);
    await lock;
    await database.close();
  });
});
