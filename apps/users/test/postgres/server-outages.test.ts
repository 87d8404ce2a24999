import { createLog } from '@seaworthy/chassis/log';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import type { PoolSettings } from '../../src/postgres/pool.ts';
import { asking } from '../../src/postgres/postgres-errors.ts';
import { openServer } from '../../src/postgres/server.ts';
import { silentLog } from '../users-server.ts';
import { openTcpProxy } from './tcp-proxy.ts';
import { createTestDatabase, poolSettings, serverUrl, type TestDatabase } from './test-database.ts';

describe.skipIf(!serverUrl)('an outage of a real Postgres', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  async function open(changes: Partial<PoolSettings> = {}, url = test.url): Promise<Database> {
    const database = await openServer(poolSettings(url, changes), silentLog);
    onTestFinished(() => database.close());
    return database;
  }

  it('unavailable when a statement takes too long, and the connection serves on', async () => {
    const database = await open({ DATABASE_POOL_SIZE: 1, DATABASE_STATEMENT_TIMEOUT_SECONDS: 0.2 });
    await expect(nap(database, 5)).rejects.toMatchObject({ ...unavailable, cause: { code: '57014' } });
    await database.check();
  });

  it('unavailable when all connections are taken for too long', async () => {
    const database = await open({ DATABASE_POOL_SIZE: 1, DATABASE_CONNECTION_TIMEOUT_SECONDS: 0.2 });
    const taken = nap(database, 1);
    await expect(nap(database, 0)).rejects.toMatchObject(unavailable);
    await taken;
  });

  it('unavailable when the connection breaks in a statement, and the next one works', async () => {
    const database = await open();
    const next = nap(database, 5).catch(async (error) => {
      await database.check(); // at once, while Postgres is still closing the connection
      return error;
    });
    await expect.poll(() => terminate('pg_sleep')).toHaveLength(1);
    expect(await next).toMatchObject(unavailable);
  });

  it('unavailable when the connection breaks between two statements of a transaction', async () => {
    const database = await open();
    const broken = asking(() =>
      database.kysely.transaction().execute(async (transaction) => {
        await sql`select 'between'`.execute(transaction);
        await terminate('between');
        await sql`select 1`.execute(transaction);
      }),
    );
    await expect(broken).rejects.toMatchObject(unavailable);
    await database.check();
  });

  it('unnoticed but for a line in the log when idle connections break', async () => {
    const lines: string[] = [];
    const log = createLog({ name: 'users', level: 'warn', destination: { write: (line) => void lines.push(line) } });
    const database = await openServer(poolSettings(test.url), log);
    onTestFinished(() => database.close());
    await terminate('select 1');
    await expect.poll(() => lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', reason: expect.stringContaining('terminat') });
    expect(lines[0]?.length).toBeLessThan(300);
    await database.check();
  });

  it('unavailable when the network swallows everything, and the next one takes another connection', async () => {
    const proxy = await openTcpProxy(test.url);
    onTestFinished(proxy.close);
    const database = await open({ DATABASE_POOL_SIZE: 1, DATABASE_STATEMENT_TIMEOUT_SECONDS: 0.2 }, proxy.url);
    proxy.freeze();
    await expect(nap(database, 0)).rejects.toMatchObject(unavailable);
    await database.check();
  });

  it('unavailable when the network swallows the handshake', async () => {
    const proxy = await openTcpProxy(test.url);
    onTestFinished(proxy.close);
    const database = await open({ DATABASE_CONNECTION_TIMEOUT_SECONDS: 0.2 }, proxy.url);
    await terminate('select 1');
    proxy.freeze({ newcomers: true });
    await expect.poll(() => nap(database, 0).catch((error) => error.cause?.message)).toMatch(/timeout/);
  });

  it('unavailable when connections are refused', async () => {
    const proxy = await openTcpProxy(test.url);
    const database = await open({}, proxy.url);
    await proxy.close();
    await expect.poll(() => nap(database, 0).catch((error) => error.cause?.code)).toBe('ECONNREFUSED');
    await expect(nap(database, 0)).rejects.toMatchObject(unavailable);
  });

  /** Ends the connections whose last statement contains a text. */
  function terminate(text: string) {
    return test.run(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like '%${text}%'`);
  }
});

const unavailable = { name: 'Problem', kind: 'unavailable', retryAfterSeconds: 2 };

function nap({ kysely }: Database, seconds: number): Promise<unknown> {
  return asking(() => sql`select pg_sleep(${seconds})`.execute(kysely));
}
