import { randomUUID } from 'node:crypto';
import { Secret } from '@seaworthy/chassis/secret';
import { Client } from 'pg';
import type { PoolSettings } from '../../src/postgres/pool.ts';

/** The real Postgres that the tests may use, if there is one (test/servers.ts). */
export const serverUrl = process.env['TEST_DATABASE_URL'];

export interface TestDatabase {
  url: string;
  /** Does something with the database as its owner. */
  run(sql: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** Creates an empty database of its own for a test file, on the real Postgres. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `users_${randomUUID().replaceAll('-', '')}`;
  const url = Object.assign(new URL(serverUrl ?? ''), { pathname: name }).href;
  await run(serverUrl ?? '', `create database ${name}`);
  return {
    url,
    run: (sql) => run(url, sql),
    drop: async () => void (await run(serverUrl ?? '', `drop database ${name} with (force)`)),
  };
}

/** Settings for a pool, with what a test changes. */
export function poolSettings(url: string, changes: Partial<PoolSettings> = {}): PoolSettings {
  return {
    DATABASE_URL: new Secret(url),
    DATABASE_POOL_SIZE: 3,
    DATABASE_CONNECTION_TIMEOUT_SECONDS: 2,
    DATABASE_STATEMENT_TIMEOUT_SECONDS: 10,
    DATABASE_PREPARED_STATEMENTS: true,
    ...changes,
  };
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
