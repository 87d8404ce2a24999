import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { embedded } from '../../src/postgres/embedded.ts';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { openServer } from '../../src/postgres/server.ts';
import type { Users } from '../../src/users.ts';
import { later, now, userAt } from '../user-records.ts';
import { silentLog } from '../users-server.ts';
import { migrateAsBefore, type OldRow, releaseBefore } from './release-before.ts';
import { createTestDatabase, poolSettings, serverUrl } from './test-database.ts';

const stores = [
  [
    'the embedded Postgres',
    async () => ({ database: embedded(await PGlite.create(), silentLog), drop: async () => {} }),
  ],
  ...(serverUrl ? [['a real Postgres', openReal] as const] : []),
] as const;

describe.for(stores)('while the release before goes on, in %s', ([, open]) => {
  let database: Database;
  let drop: () => Promise<void>;
  let users: Users;
  let before: ReturnType<typeof releaseBefore>;
  beforeAll(async () => {
    ({ database, drop } = await open());
    await migrateAsBefore(database.kysely);
    before = releaseBefore(database.kysely);
    await before.insert(oldRow(1));
    await before.insert({ ...oldRow(2), display_name: 'ÄRGER ', created_at: '2026-11-23T15:44:20.0574Z' });
    await database.migrate();
    users = postgresUsers(database);
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  it('shows at once whom it has added, to the millisecond', async () => {
    const order = { by: 'createdAt', descending: false } as const;
    const added = { ...userAt(1), externalId: 'x', attributes: { a: '1' } };
    const [first, second] = await users.list({ order, limit: 9 });
    expect([first, second]).toEqual([added, { ...added, ...userAt(2), displayName: 'ÄRGER ' }]);
    const filter = { field: 'displayName', is: 'eq', value: 'ärger' } as const;
    expect(await users.list({ order, limit: 9, filter })).toEqual([second]);
    expect(await users.list({ order, limit: 9, after: { key: now, id: userAt(2).id } })).toEqual([]);
  });

  it('lets it add, and refuses it what is taken by the name that it knows', async () => {
    await before.insert(oldRow(3));
    expect(await users.find(userAt(3).id)).toMatchObject({ email: 'user003@example.com', version: 1 });
    const again = { ...oldRow(4), email: 'user003@example.com' };
    await expect(before.insert(again)).rejects.toMatchObject({ constraint: 'users_email_key' });
  });

  it('counts what it changes as a version, so that nobody overwrites it unseen', async () => {
    await before.insert(oldRow(5));
    await before.change({ ...oldRow(5), display_name: 'Changed' });
    const edit = (version: number) => users.edit(userAt(5).id, { externalId: 'y' }, { at: later, versions: [version] });
    await expect(edit(1)).rejects.toMatchObject({ kind: 'precondition-failed' });
    expect(await edit(2)).toMatchObject({ displayName: 'Changed', externalId: 'y', version: 3 });
  });

  it('lets it read and delete, also those whom it knows nothing of', async () => {
    const { email: _, ...bare } = { ...userAt(6), userName: 'six' };
    await users.add(bare);
    await users.add(userAt(7));
    await users.remove(userAt(7).id, { at: later });
    const listed = await before.list();
    expect(listed.slice(-2)).toMatchObject([{ email: null }, { email: 'user007@example.com', status: 'deleted' }]);
    expect(await before.remove(userAt(6).id)).toBe(1n);
    expect(await users.remove(userAt(6).id, { at: later })).toBe('unknown');
  });

  it('lets it take the address of a deleted user', async () => {
    await users.add(userAt(8));
    await users.remove(userAt(8).id, { at: later });
    await before.insert({ ...oldRow(9), email: userAt(8).email ?? '' });
    expect(await users.find(userAt(9).id)).toMatchObject({ email: 'user008@example.com' });
  });
});

async function openReal() {
  const test = await createTestDatabase();
  return { database: await openServer(poolSettings(test.url), silentLog), drop: test.drop };
}

function oldRow(place: number): OldRow {
  const { id, email = '', displayName } = userAt(place);
  const texts = { id, email, display_name: displayName, status: 'active' as const, external_id: 'x' };
  return { ...texts, attributes: '{"a":"1"}', created_at: now, updated_at: now };
}
