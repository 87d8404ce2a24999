import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { openServer } from '../../src/postgres/server.ts';
import { later, userAt } from '../user-records.ts';
import { silentLog } from '../users-server.ts';
import { openTcpProxy } from './tcp-proxy.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

const user = userAt(1);
const { id } = user;
const mine = { externalId: 'mine' };
const theirs = { externalId: 'theirs' };
const at = later;

describe.skipIf(!serverUrl)('a write whose answer was lost, and that another one came after', () => {
  let test: TestDatabase;
  let proxy: Awaited<ReturnType<typeof openTcpProxy>>;
  let [database, direct]: Database[] = [];
  beforeAll(async () => {
    test = await createTestDatabase();
    proxy = await openTcpProxy(test.url);
    database = await openServer(poolSettings(proxy.url), silentLog);
    direct = await openServer(poolSettings(test.url), silentLog);
    await database.migrate();
  });
  beforeEach(() => test.run('truncate users, outbox'));
  afterAll(async () => {
    await database?.close();
    await direct?.close();
    await proxy.close();
    await test.drop();
  });
  const users = () => postgresUsers(database as Database, { changes: { written: () => undefined } });
  const others = () => postgresUsers(direct as Database, { changes: { written: () => undefined } });

  async function told() {
    const rows = await test.run(`select type || ' ' || version as text from outbox order by position`);
    return rows.map(({ text }) => text);
  }

  it.for([1, 15])('has edited once, though %i others have edited since', async (times) => {
    await users().add(user);
    proxy.loseAnswer('SELECT 1', async () => {
      for (let time = 0; time < times; time += 1) await others().edit(id, theirs, { at });
    });
    const now = { ...user, ...theirs, updatedAt: later, version: 2 + times };
    expect(await users().edit(id, { ...mine, displayName: user.displayName }, { at })).toEqual(now);
    expect(await users().find(id)).toEqual(now);
    expect(await told()).toHaveLength(2 + times);
  });

  it('has won the version that it was for', async () => {
    await users().add(user);
    proxy.loseAnswer('SELECT 1', () => others().edit(id, { displayName: 'Theirs' }, { at, versions: [2] }));
    const now = { ...user, ...mine, displayName: 'Theirs', updatedAt: later, version: 3 };
    expect(await users().edit(id, mine, { at, versions: [1] })).toEqual(now);
    await expect(users().edit(id, mine, { at, versions: [1] })).rejects.toMatchObject({ kind: 'precondition-failed' });
    expect(await told()).toEqual(['created 1', 'changed 2', 'changed 3']);
  });

  it('has edited a user who is no more', async () => {
    await users().add(user);
    proxy.loseAnswer('SELECT 1', () => others().remove(id, { at }));
    expect(await users().edit(id, mine, { at })).toBeUndefined();
    expect(await told()).toEqual(['created 1', 'changed 2', 'deleted 3']);
  });

  it.for([{}, { versions: [1] }])('has removed, and leaves whom they have added since: %j', async (terms) => {
    await users().add(user);
    proxy.loseAnswer('SELECT 1', () => others().add({ ...user, ...theirs }));
    expect(await users().remove(id, { at, ...terms })).toBe('removed');
    expect(await users().find(id)).toEqual({ ...user, ...theirs, version: 3 });
    expect(await told()).toEqual(['created 1', 'deleted 2', 'created 3']);
  });

  it('has added whom they have edited since', async () => {
    proxy.loseAnswer('SELECT 1', () => others().edit(id, theirs, { at }));
    const now = { ...user, ...theirs, updatedAt: later, version: 2 };
    expect(await users().add(user)).toEqual({ user: now, replayed: false });
    expect(await told()).toEqual(['created 1', 'changed 2']);
  });

  it('has added whom they have removed since', async () => {
    proxy.loseAnswer('SELECT 1', () => others().remove(id, { at }));
    const added = { ...user, updatedAt: later, version: 2 };
    expect(await users().add(user)).toEqual({ user: added, replayed: false });
    expect(await users().find(id)).toBeUndefined();
    expect(await told()).toEqual(['created 1', 'deleted 2']);
  });

  it('has added anew whom they had removed, and removed since', async () => {
    await users().add(user);
    await others().remove(id, { at });
    proxy.loseAnswer('SELECT 1', () => others().remove(id, { at }));
    expect(await users().add(user)).toMatchObject({ user: { status: 'active', version: 4 } });
    expect(await told()).toEqual(['created 1', 'deleted 2', 'created 3', 'deleted 4']);
  });
});
