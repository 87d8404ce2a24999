import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { openServer } from '../../src/postgres/server.ts';
import type { UserRecord } from '../../src/user.ts';
import type { Users } from '../../src/users.ts';
import { fullUser, later, userAt, usersFrom } from '../user-records.ts';
import { silentLog } from '../users-server.ts';
import { openTcpProxy } from './tcp-proxy.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

const id = userAt(1).id;
const lockUser = `select from users where id = '${id}' for update`;
const once = { caller: 'app', key: 'key', fingerprint: 'print' };

describe.skipIf(!serverUrl)('a write whose connection breaks', () => {
  let test: TestDatabase;
  let proxy: Awaited<ReturnType<typeof openTcpProxy>>;
  let database: Database;
  beforeAll(async () => {
    test = await createTestDatabase();
    proxy = await openTcpProxy(test.url);
    database = await openServer(poolSettings(proxy.url), silentLog);
    await database.migrate();
  });
  beforeEach(() => test.run('truncate users, idempotency_keys, outbox'));
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await test.drop();
  });
  const users = (patienceMilliseconds?: number) =>
    postgresUsers(database, { changes: { written: () => undefined }, patienceMilliseconds });

  async function told() {
    const { rows } = await sql<{ text: string }>`
      select type || ' ' || version as text from outbox order by position`.execute(database.kysely);
    return rows.map(({ text }) => text);
  }

  it('has added once, though the answer was lost', async () => {
    proxy.loseAnswer('SELECT 1');
    expect(await users().add(fullUser)).toEqual({ user: fullUser, replayed: false });
    expect(await told()).toEqual(['created 1']);
  });

  it.for(['SELECT 1', 'COMMIT', 'BEGIN'])('has added once under a key, though %s was lost', async (answer) => {
    proxy.loseAnswer(answer);
    expect(await users().add(fullUser, once)).toEqual({ user: fullUser, replayed: false });
    expect(await users().add(userAt(2), once)).toEqual({ user: fullUser, replayed: true });
    expect(await told()).toEqual(['created 1']);
  });

  it('has edited once, though the answer was lost', async () => {
    await users().add(userAt(1));
    proxy.loseAnswer('SELECT 1');
    const edited = { ...userAt(1), displayName: 'Other', updatedAt: later, version: 2 };
    expect(await users().edit(id, { displayName: 'Other' }, { at: later, versions: [1] })).toEqual(edited);
    expect(await users().find(id)).toEqual(edited);
    expect(await told()).toEqual(['created 1', 'changed 2']);
  });

  it('has added and edited once what it did together, though the answers were lost', async () => {
    const [store, all] = [users(), usersFrom(1, 3)];
    proxy.loseAnswer('SELECT 3');
    expect(await Promise.all(all.map((user) => store.add(user)))).toEqual(
      all.map((user) => ({ user, replayed: false })),
    );
    proxy.loseAnswer('SELECT 3');
    const edits = all.map((user) => store.edit(user.id, { displayName: 'Other' }, { at: later, versions: [1] }));
    expect((await Promise.all(edits)).map((user) => user?.version)).toEqual([2, 2, 2]);
    expect((await told()).toSorted()).toEqual([...Array(3).fill('changed 2'), ...Array(3).fill('created 1')]);
  });

  it('has removed once, though the answer was lost', async () => {
    await users().add(userAt(1));
    proxy.loseAnswer('SELECT 1');
    expect(await users().remove(id, { at: later, versions: [1] })).toBe('removed');
    expect(await users().remove(id, { at: later })).toBe('already-removed');
    expect(await told()).toEqual(['created 1', 'deleted 2']);
  });

  it('does not do again what the server was doing on', async () => {
    await users().add(userAt(1));
    const unlock = await hold(lockUser);
    const edited = users().edit(id, { displayName: 'Other' }, { at: later });
    await expect.poll(waiting).toHaveLength(1);
    proxy.cut();
    await expect.poll(waiting).toHaveLength(2); // the first try, of which nobody hears any more, and the second
    await unlock();
    expect(await edited).toMatchObject({ displayName: 'Other', version: 2 });
    expect(await told()).toEqual(['created 1', 'changed 2']);
  });

  it('does not do again alone what the server was doing on together', async () => {
    const [store, other] = [users(), userAt(2).id];
    await Promise.all([store.add(userAt(1)), store.add(userAt(2))]);
    const unlock = await hold(lockUser);
    const edited = [id, other].map((one) => store.edit(one, { displayName: 'Other' }, { at: later }));
    await expect.poll(waiting).toHaveLength(1);
    proxy.cut();
    expect(await edited[1]).toMatchObject({ version: 2 });
    await unlock();
    expect(await edited[0]).toMatchObject({ version: 2 });
    await expect.poll(told).toHaveLength(4);
    expect(await store.find(other)).toMatchObject({ version: 2 });
  });

  it('waits under its key for what the server was doing on', async () => {
    const unlock = await hold(`insert into users (id, email, display_name, status, created_at, updated_at)
      values (gen_random_uuid(), '${userAt(1).email}', 'Rival', 'active', now(), now())`);
    const added = users().add(userAt(1), once);
    await expect.poll(waiting).toHaveLength(1);
    proxy.cut();
    await expect.poll(waiting).toHaveLength(2);
    await unlock('rollback');
    expect(await added).toEqual({ user: userAt(1), replayed: false });
  });

  it('is done again after Postgres has ended it', async () => {
    await users().add(userAt(1));
    const unlock = await hold(lockUser);
    const edited = users().edit(id, { displayName: 'Other' }, { at: later });
    await expect.poll(waiting).toHaveLength(1);
    await test.run(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'`);
    await unlock();
    expect(await edited).toMatchObject({ displayName: 'Other', version: 2 });
  });

  it('counts exactly once, however often connections break', async () => {
    let [done, broken] = [false, 0];
    const patient = users(20_000); // on a busy machine it takes many tries to get through
    const all = usersFrom(0, 20).map((user) => editWhile(patient, user, () => broken < 30));
    const edited = Promise.all(all).finally(() => {
      done = true;
    });
    while (!done) broken += (await terminateAll()).length;
    const versions = await edited;
    for (const list of versions) expect(list).toEqual(list.map((_, i) => i + 2));
    expect(await told()).toHaveLength(20 + versions.flat().length);
  });

  async function editWhile(patient: Users, user: UserRecord, isOn: () => boolean): Promise<(number | undefined)[]> {
    await patient.add(user);
    const versions: (number | undefined)[] = [];
    while (versions.length < 20 || isOn())
      versions.push((await patient.edit(user.id, { displayName: `Name ${versions.length}` }, { at: later }))?.version);
    return versions;
  }

  /** Holds what a statement locks until the function that it answers is called. */
  async function hold(statement: string) {
    const client = new Client({ connectionString: test.url });
    await client.connect();
    await client.query(`begin; ${statement}`);
    onTestFinished(() => client.end());
    return (end: 'commit' | 'rollback' = 'commit') => client.query(end);
  }

  function waiting() {
    return test.run(`select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`);
  }

  function terminateAll() {
    return test.run(`select pg_terminate_backend(pid), pg_sleep(0.005) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`);
  }
});

it.skipIf(!serverUrl)('is given up after a while, and says so', async () => {
  const test = await createTestDatabase();
  const proxy = await openTcpProxy(test.url);
  const database = await openServer(poolSettings(proxy.url), silentLog);
  await proxy.close();
  const users = postgresUsers(database, { patienceMilliseconds: 100 });
  await expect(users.add(userAt(1))).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 2 });
  await expect(users.find(id)).rejects.toMatchObject({ kind: 'unavailable' });
  await database.close();
  await test.drop();
});
