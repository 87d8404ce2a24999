import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { postgresUsers } from '../../src/postgres/postgres-users.ts';
import { openServer } from '../../src/postgres/server.ts';
import { addUser, editUser } from '../../src/users.ts';
import { silentLog } from '../users-server.ts';
import { type OwnServer, postgresPrograms, startOwnServer } from './own-server.ts';
import { poolSettings } from './test-database.ts';

const now = () => new Date();
const patient = { timeout: 20_000 };

describe.skipIf(!postgresPrograms)('a Postgres that crashes under load', () => {
  let server: OwnServer;
  beforeAll(async () => {
    server = await startOwnServer();
  });
  afterAll(() => server.stop());

  async function openUsers(size = 5) {
    const database = await openServer(poolSettings(server.url, { DATABASE_POOL_SIZE: size }), silentLog);
    onTestFinished(() => database.close());
    await database.migrate();
    return { database, users: postgresUsers(database, { patienceMilliseconds: 20_000 }) };
  }

  it('has every acknowledged write afterwards, and none twice', async () => {
    const { database, users } = await openUsers();
    const [acknowledged, edits] = [[] as string[], [] as [id: string, version: number][]];
    let isOver = false;

    async function write(writer: number): Promise<void> {
      for (let n = 0; !isOver; n += 1) {
        const draft = { email: `${writer}-${n}@example.com`, displayName: 'A' };
        const { user } = await addUser(users, draft, { now });
        acknowledged.push(user.id);
        const { version } = await editUser(users, user.id, { edit: { displayName: 'B' }, now });
        edits.push([user.id, version]);
      }
    }

    const writers = Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
    for (const enough of [20, 60]) {
      await expect.poll(() => edits.length, patient).toBeGreaterThan(enough);
      await server.crash();
      await server.start();
    }
    const before = edits.length;
    await expect.poll(() => edits.length, patient).toBeGreaterThan(before + 20);
    isOver = true;
    await writers;
    const rows = await database.kysely.selectFrom('users').select(['id', 'version']).execute();
    expect(rows.map(({ id }) => id).toSorted()).toEqual(acknowledged.toSorted());
    expect(rows.map(({ id, version }) => [id, Number(version)]).toSorted()).toEqual(edits.toSorted());
    expect(new Set(edits.map(([, version]) => version))).toEqual(new Set([2]));
  });

  it('unavailable after no more than the patience when it stays away, and works when it is back', async () => {
    const { database, users } = await openUsers();
    await server.crash();
    const refused = postgresUsers(database, { patienceMilliseconds: 100 }).count({});
    await expect(refused).rejects.toMatchObject({ name: 'Problem', kind: 'unavailable' });
    await server.start();
    expect(await users.count({})).toBeGreaterThanOrEqual(0);
  });

  it('that has become read-only is left by its connections, as the name leads to another one by now', async () => {
    const { database, users } = await openUsers(1);
    await sql`set default_transaction_read_only = on`.execute(database.kysely);
    const added = await addUser(users, { email: 'late@example.com', displayName: 'Late' }, { now });
    expect(added.user.version).toBe(1);
  });
});
