import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Tables } from '../../src/postgres/database.ts';
import type { PoolSettings } from '../../src/postgres/pool.ts';
import { openServer } from '../../src/postgres/server.ts';
import { silentLog } from '../users-server.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

describe.skipIf(!serverUrl)('statements that select, or have parameters,', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  async function open(changes: Partial<PoolSettings> = {}): Promise<Kysely<Tables>> {
    const settings = poolSettings(test.url, { DATABASE_POOL_SIZE: 1, ...changes });
    const { kysely, close } = await openServer(settings, silentLog);
    onTestFinished(close);
    return kysely;
  }

  it('are prepared once in a connection, each text under a name of its own', async () => {
    const kysely = await open();
    for (const n of [1, 2, 3]) await double(kysely, n);
    await sql`select ${'a'}::text`.execute(kysely);
    expect(await prepared(kysely)).toEqual(['select $1::int * 2 as doubled', 'select $1::text']);
  });

  it('are prepared without parameters, too: the first page has none', async () => {
    const kysely = await open();
    await sql`select 7 as seven`.execute(kysely);
    expect(await prepared(kysely)).toEqual(['select 7 as seven']);
  });

  it('are not prepared where a pooler cannot', async () => {
    const kysely = await open({ DATABASE_PREPARED_STATEMENTS: false });
    await double(kysely, 1);
    expect(await prepared(kysely)).toEqual([]);
  });

  it('are not prepared for ever, whatever the texts', async () => {
    const kysely = await open();
    for (let n = 1; n <= 250; n += 1) await sql`select ${n}::int as ${sql.id(`column_${n}`)}`.execute(kysely);
    expect(await prepared(kysely)).toHaveLength(199); // and the server's check
  });

  it('succeed after DISCARD ALL, and the next connection prepares again', async () => {
    const kysely = await open();
    await double(kysely, 1);
    await sql`discard all`.execute(kysely);
    expect(await double(kysely, 2)).toBe(4);
    expect(await double(kysely, 3)).toBe(6);
    expect(await prepared(kysely)).toEqual(['select $1::int * 2 as doubled']);
  });

  it('succeed after a migration has changed what they answer', async () => {
    const kysely = await open();
    await test.run('create table kinds (id int, kind text); insert into kinds values (1, 7)');
    const read = async () => (await sql`select kind from kinds where id = ${1}`.execute(kysely)).rows[0];
    expect(await read()).toEqual({ kind: '7' });
    await test.run('alter table kinds alter column kind type int using kind::int');
    expect(await read()).toEqual({ kind: 7 });
  });

  it('that are forgotten in a transaction fail it as a conflict of writers would, to be repeated', async () => {
    const kysely = await open();
    await double(kysely, 1);
    const transaction = kysely.transaction().execute(async (inside) => {
      await sql`deallocate all`.execute(inside);
      await double(inside, 2);
    });
    await expect(transaction).rejects.toMatchObject({ code: '40001', cause: { code: '26000' } });
    expect(await double(kysely, 3)).toBe(6);
  });

  it('that fail for a reason of their own are not repeated', async () => {
    const kysely = await open();
    await test.run('create sequence attempts');
    const nonsense = sql`select nextval('attempts') / ${0}::int`.execute(kysely);
    await expect(nonsense).rejects.toMatchObject({ code: '22012' });
    expect(await test.run('select last_value from attempts')).toEqual([{ last_value: '1' }]);
  });
});

describe.skipIf(!serverUrl)('a connection', () => {
  it('has its times in UTC', async () => {
    const test = await createTestDatabase();
    await test.run(
      `alter role current_user in database ${new URL(test.url).pathname.slice(1)} set timezone to 'Asia/Tokyo'`,
    );
    const { kysely, close } = await openServer(poolSettings(test.url), silentLog);
    const { rows } = await sql<{ at: string }>`select to_timestamp(0)::text as at`.execute(kysely);
    expect(rows).toEqual([{ at: '1970-01-01 00:00:00+00' }]);
    await close();
    await test.drop();
  });
});

async function double(kysely: Kysely<Tables>, n: number): Promise<number | undefined> {
  const { rows } = await sql<{ doubled: number }>`select ${n}::int * 2 as doubled`.execute(kysely);
  return rows[0]?.doubled;
}

/** Those of the test: not the server's check when it was opened. */
async function prepared(kysely: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`
    select statement from pg_prepared_statements
    where statement <> 'select 1' and statement not like '%pg_prepared_statements%' order by name`.execute(kysely);
  return rows.map(({ statement }) => statement);
}
