import type { Settings } from '../config.ts';
import type { Database } from './database.ts';
import { pendingMigrations } from './migrations.ts';

/** Makes sure that the tables are as this release needs them, by migrating them or by refusing to go on. */
export async function prepareTables(
  database: Database,
  { MIGRATE_AT_START, DATABASE_URL }: Pick<Settings, 'MIGRATE_AT_START' | 'DATABASE_URL'>,
): Promise<void> {
  const embedded = DATABASE_URL === undefined;
  if (MIGRATE_AT_START || embedded) {
    await database.migrate();
    return;
  }
  const pending = await pendingMigrations(database.kysely);
  if (pending.length > 0)
    throw new Error(
      `migrations are missing (${pending.join(', ')}): run migrate.ts first, or set MIGRATE_AT_START=true`,
    );
}
