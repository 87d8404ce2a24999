import { resolve } from 'node:path';
import type { Environment } from '@seaworthy/chassis/environment';
import type { StackSettings } from '../settings.ts';
import { pick, serviceEnvironment } from './environment.ts';

/**
 * The environment of users: its own embedded Postgres in its own folder, unless the person names others. It asks every
 * caller for a token, as it does where it ships, unless the person sets AUTH.
 */
export function usersEnvironment(settings: StackSettings, redisUrl: string, env: Environment): Environment {
  const database = pick(env, ['DATABASE_URL', 'DATABASE_URL_FILE']);
  const folder = settings.DATA_DIR && { DATABASE_DIR: resolve(settings.DATA_DIR, 'users') };
  const own = { PORT: `${settings.USERS_PORT}`, REDIS_URL: redisUrl, AUTH: env['AUTH'] || 'jwt' };
  return serviceEnvironment('users', { ...own, ...folder, ...database }, env);
}
