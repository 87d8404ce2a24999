import { resolve } from 'node:path';
import type { Environment } from '@seaworthy/chassis/environment';
import type { StackSettings } from '../settings.ts';
import { pick, serviceEnvironment } from './environment.ts';

/** The environment of users: its own embedded Postgres in its own folder, unless the person names others. */
export function usersEnvironment(settings: StackSettings, env: Environment): Environment {
  const database = pick(env, ['DATABASE_URL', 'DATABASE_URL_FILE']);
  const folder = settings.DATA_DIR && { DATABASE_DIR: resolve(settings.DATA_DIR, 'users') };
  return serviceEnvironment('users', { PORT: `${settings.USERS_PORT}`, ...folder, ...database }, env);
}
