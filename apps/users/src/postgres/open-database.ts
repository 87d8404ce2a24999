import type { Log } from '@seaworthy/chassis/log';
import type { Settings } from '../config.ts';
import type { PasswordSource } from '../password-source.ts';
import type { Database } from './database.ts';
import { openEmbedded } from './embedded.ts';
import { openServer } from './server.ts';

/** Opens the Postgres that the settings name: a server, or without one the embedded Postgres. */
export function openDatabase(settings: Settings, log: Log, passwords?: PasswordSource): Promise<Database> {
  const { DATABASE_URL: url, DATABASE_DIR: directory } = settings;
  return url ? openServer({ ...settings, DATABASE_URL: url }, log, passwords) : openEmbedded(directory, log);
}
