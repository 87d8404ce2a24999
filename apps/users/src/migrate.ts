import { exitCodes } from '@seaworthy/chassis/lifecycle';
import { createLog } from '@seaworthy/chassis/log';
import { readSettings, SettingsError } from '@seaworthy/chassis/settings';
import { databasePasswords } from './azure/database-passwords.ts';
import { Settings } from './config.ts';
import { databaseRules } from './database-rules.ts';
import { openDatabase } from './postgres/open-database.ts';

/** Brings the tables up to date and ends: for a job that runs before the service does (MIGRATE_AT_START=false). */
async function migrate(): Promise<void> {
  const { settings } = readSettings(Settings, process.env, databaseRules);
  const log = createLog({ name: 'users-migrate', level: settings.LOG_LEVEL });
  const database = await openDatabase(settings, log, databasePasswords(settings, log));
  try {
    const applied = await database.migrate();
    if (applied.length === 0) log.info('tables were up to date');
  } finally {
    await database.close();
  }
}

try {
  await migrate();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`users cannot migrate. ${message}\n`);
  process.exitCode = error instanceof SettingsError ? exitCodes.settings : exitCodes.failed;
}
