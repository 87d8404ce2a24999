import type { Log } from '@seaworthy/chassis/log';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { PasswordSource } from '../password-source.ts';
import type { Database, Tables } from './database.ts';
import { applyMigrations } from './migrations.ts';
import { createPool, type PoolSettings, type PoolWorld } from './pool.ts';
import { untilReachable } from './until-reachable.ts';

/** Opens a Postgres server once it answers; fails with a clear message if it does not for too long. */
export async function openServer(
  settings: PoolSettings,
  log: Log,
  passwords?: PasswordSource | undefined,
): Promise<Database> {
  const world = { log, passwords };
  const kysely = connect(settings, world);
  const check = async () => void (await sql`select 1`.execute(kysely));
  const { DATABASE_URL: url } = settings;
  const server = `Postgres at ${URL.parse(url.value)?.host || 'the host of DATABASE_URL'}`;
  await untilReachable({ server, check, log });
  log.info({ server, poolSize: settings.DATABASE_POOL_SIZE }, 'Postgres answers');
  return { kysely, check, migrate: () => migrate(settings, world), close: () => kysely.destroy() };
}

/** Migrates over a connection of its own: building an index may take longer than any statement of a request may. */
async function migrate(settings: PoolSettings, world: PoolWorld): Promise<string[]> {
  const kysely = connect({ ...settings, DATABASE_POOL_SIZE: 1, DATABASE_STATEMENT_TIMEOUT_SECONDS: 0 }, world);
  try {
    return await applyMigrations(kysely, world.log);
  } finally {
    await kysely.destroy();
  }
}

/** Connects when it is first asked for something. */
export function connect(settings: PoolSettings, world: PoolWorld): Kysely<Tables> {
  return new Kysely({ dialect: new PostgresDialect({ pool: createPool(settings, world) }) });
}
