import type { Log } from '@seaworthy/chassis/log';
import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as users from './migrations/2026-11-23-users.ts';
import * as directories from './migrations/2026-11-24-directories.ts';
import * as otherEmails from './migrations/2026-11-25-other-emails.ts';

// Written out, as a bundle has no folder to scan. Names are kept in the database: never change one.
const migrations: Record<string, Migration> = {
  '2026-11-23-users': users,
  '2026-11-24-directories': directories,
  '2026-11-25-other-emails': otherEmails,
};

/**
 * Applies the migrations that are missing, all or none, and answers their names. Processes that start together wait
 * for each other at an advisory lock. Tables that a newer release has migrated further are left as they are, so that
 * a release can be rolled back: migrations only ever add what the release before can live with.
 */
export async function applyMigrations<T>(db: Kysely<T>, log: Log): Promise<string[]> {
  if ((await pendingMigrations(db)).length === 0) return [];
  const { error, results = [] } = await migratorOf(db).migrateToLatest();
  if (error) throw error;
  const applied = results.map(({ migrationName }) => migrationName);
  log.info({ applied }, 'tables are up to date');
  return applied;
}

/** The names of the migrations that are missing. */
export async function pendingMigrations<T>(db: Kysely<T>): Promise<string[]> {
  const known = await migratorOf(db).getMigrations();
  return known.filter(({ executedAt }) => !executedAt).map(({ name }) => name);
}

function migratorOf<T>(db: Kysely<T>): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}
