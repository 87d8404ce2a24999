import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import type { Log } from '@seaworthy/chassis/log';
import { Kysely, PGliteDialect, sql } from 'kysely';
import type { Database, Tables } from './database.ts';
import { lockDirectory } from './directory-lock.ts';
import { applyMigrations } from './migrations.ts';

/** Opens the embedded Postgres (PGlite) in a directory that no other process uses, and creates it at first. */
export async function openEmbedded(directory: string, log: Log): Promise<Database> {
  mkdirSync(directory, { recursive: true });
  const unlock = lockDirectory(directory);
  log.warn({ directory }, 'embedded Postgres (PGlite), development only: set DATABASE_URL for a real one');
  const database = embedded(await openPglite(directory), log);
  return { ...database, close: () => database.close().finally(unlock) };
}

/** A database around an embedded Postgres. */
export function embedded(pglite: PGlite, log: Log): Database {
  const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return {
    kysely,
    check: async () => void (await sql`select 1`.execute(kysely)),
    migrate: () => applyMigrations(kysely, log),
    close: () => kysely.destroy(),
  };
}

async function openPglite(directory: string): Promise<PGlite> {
  // Imported here, so that production never loads 20 MB of WebAssembly.
  const { PGlite } = await import('@electric-sql/pglite');
  const [data, initialising] = [join(directory, 'data'), join(directory, 'initialising')];
  if (!existsSync(data)) {
    // Beside its place until complete: whoever is killed half way leaves nothing that looks like a database.
    rmSync(initialising, { recursive: true, force: true });
    await (await PGlite.create(initialising)).close();
    renameSync(initialising, data);
  }
  return PGlite.create(data);
}
