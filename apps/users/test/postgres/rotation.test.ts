import { randomUUID } from 'node:crypto';
import { Secret } from '@seaworthy/chassis/secret';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { openServer } from '../../src/postgres/server.ts';
import { silentLog } from '../users-server.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

describe.skipIf(!serverUrl)('a rotated DATABASE_URL', () => {
  const other = `rotated_${randomUUID().replaceAll('-', '')}`;
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await test.run(`create role ${other} login password '${other}'`);
  });
  afterAll(async () => {
    await test.run(`drop role ${other}`);
    await test.drop();
  });

  it('is used by new connections, while old ones go on', async () => {
    const url = new Secret(test.url);
    const database = await openServer(poolSettings(test.url, { DATABASE_URL: url }), silentLog);
    url.rotate(Object.assign(new URL(test.url), { username: other, password: other }).href);
    expect(await Promise.all([whoAmI(database), whoAmI(database)])).toEqual([new URL(test.url).username, other]);
    await database.close();
  });

  it('is passed over when it is no URL, and the last good one stays in force', async () => {
    const url = new Secret(test.url);
    const database = await openServer(poolSettings(test.url, { DATABASE_URL: url }), silentLog);
    url.rotate(Object.assign(new URL(test.url), { username: other, password: other }).href);
    await Promise.all([whoAmI(database), whoAmI(database)]);
    url.rotate('postgres://u:p@:bad host/');
    const three = await Promise.all([whoAmI(database), whoAmI(database), whoAmI(database)]);
    expect(three.toSorted()).toEqual([new URL(test.url).username, other, other].toSorted());
    await database.close();
  });
});

async function whoAmI({ kysely }: Database): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select current_user as name from pg_sleep(0.2)`.execute(kysely);
  return rows[0]?.name;
}
