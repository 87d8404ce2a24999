import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { embedded } from '../../src/postgres/embedded.ts';
import { forgetExpiredKeys } from '../../src/postgres/idempotency-keys.ts';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { userAt } from '../user-records.ts';
import { silentLog } from '../users-server.ts';

let database: Database;
beforeAll(async () => {
  database = embedded(await PGlite.create(), silentLog);
  await database.migrate();
});
afterAll(() => database.close());

it('forgets all keys that have expired, however many, and no others', async () => {
  await sql`
    insert into idempotency_keys (caller, key, fingerprint, answer, expires_at)
    select 'app', n::text, '', '{}', '2026-11-23T00:00:00Z'::timestamptz + n * interval '1 second'
    from generate_series(1, 2502) as n`.execute(database.kysely);
  expect(await forgetExpiredKeys(database, new Date('2026-11-23T00:41:40Z'))).toBe(2500);
  const left = await database.kysely.selectFrom('idempotency_keys').select('key').orderBy('key').execute();
  expect(left).toEqual([{ key: '2501' }, { key: '2502' }]);
});

it('refuses a call while the first one with its key is under way', async () => {
  const users = postgresUsers(database);
  const once = { caller: 'app', key: 'at once', fingerprint: 'print' };
  const [first, second] = await Promise.allSettled([users.add(userAt(1), once), users.add(userAt(2), once)]);
  expect(first).toMatchObject({ status: 'fulfilled', value: { replayed: false } });
  expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'conflict', retryAfterSeconds: 1 } });
  expect(await users.add(userAt(2), once)).toMatchObject({ replayed: true });
});

it('has nothing to forget where there is nothing', async () => {
  expect(await forgetExpiredKeys(database, new Date(0))).toBe(0);
});
