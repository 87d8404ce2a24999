import type { UserChange } from '@seaworthy/contracts/users';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Tables } from '../../src/postgres/database.ts';
import { postgresOutbox } from '../../src/postgres/outbox.ts';
import { connect, openServer } from '../../src/postgres/server.ts';
import { outboxContract, written } from '../outbox.contract.ts';
import { silentLog } from '../users-server.ts';
import { fillOutbox } from './outbox-rows.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

describe.skipIf(!serverUrl)('the outbox in a real Postgres', () => {
  outboxContract(async () => {
    const test = await createTestDatabase();
    const { kysely, migrate, close } = await openServer(poolSettings(test.url), silentLog);
    await migrate();
    return { outbox: postgresOutbox(kysely), fill: fillOutbox(kysely), close: () => close().then(test.drop) };
  });
});

describe.skipIf(!serverUrl)('the outbox of two processes', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    const database = await openServer(poolSettings(test.url), silentLog);
    await database.migrate();
    await database.close();
  });
  afterAll(() => test.drop());

  /** What another process would have of the database. */
  function process(): Kysely<Tables> {
    const kysely = connect(poolSettings(test.url, { DATABASE_POOL_SIZE: 1 }), { log: silentLog });
    onTestFinished(() => kysely.destroy());
    return kysely;
  }

  const heard: string[] = [];
  const tell = async (changes: readonly UserChange[]) => void heard.push(...changes.map(({ id }) => id));
  beforeEach(async () => {
    heard.splice(0);
    await fillOutbox(process())(written);
  });

  it('is drained by one at a time', async () => {
    const [first, second] = [postgresOutbox(process()), postgresOutbox(process())];
    const whileTold = async (changes: readonly UserChange[]) => {
      expect(await second.drain(10, tell)).toBe(0);
      await tell(changes);
    };
    expect(await first.drain(10, whileTold)).toBe(3);
    expect(heard).toEqual(written.map(({ id }) => id));
  });

  it('is taken over, with all that is in it, when the connection of the first one breaks', async () => {
    const [first, second] = [postgresOutbox(process()), postgresOutbox(process())];
    const broken = first.drain(10, async (changes) => {
      await tell(changes);
      await test.run(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`);
    });
    await expect(broken).rejects.toMatchObject({ name: 'Problem', kind: 'unavailable' });
    expect(await second.drain(10, tell)).toBe(3);
    expect(heard).toHaveLength(6);
  });

  it('does not forget a change whose position is lower, and which is committed while others are told', async () => {
    const writer = await process().startTransaction().execute();
    const row = { user_id: written[0]?.userId ?? '', type: 'changed', at: '2026-11-24T00:00:00Z' } as const;
    await writer
      .insertInto('outbox')
      .values({ ...row, version: 8 })
      .execute();
    await process()
      .insertInto('outbox')
      .values({ ...row, version: 9 })
      .execute();
    const outbox = postgresOutbox(process());
    await outbox.drain(10, (changes) =>
      writer
        .commit()
        .execute()
        .then(() => tell(changes)),
    );
    await outbox.drain(10, tell);
    expect(heard.slice(-2)).toEqual([`${row.user_id}:9`, `${row.user_id}:8`]);
  });
});
