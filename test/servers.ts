import { startPostgres } from './servers/postgres.ts';
import { startRedis } from './servers/redis.ts';

/**
 * Before all tests: where a real Redis or Postgres is on this machine, starts one for the adapter tests; else says
 * what is not run. Servers named by TEST_REDIS_URL and TEST_DATABASE_URL are used as they are.
 */
export default async function servers(): Promise<() => Promise<void>> {
  const redis = process.env['TEST_REDIS_URL'] ? undefined : await startRedis();
  const postgres = process.env['TEST_DATABASE_URL'] ? undefined : await startPostgres();
  if (redis) process.env['TEST_REDIS_URL'] = redis.url;
  if (postgres) process.env['TEST_DATABASE_URL'] = postgres.url;
  announce('TEST_REDIS_URL', 'Redis', 'no redis-server or valkey-server on PATH');
  announce('TEST_DATABASE_URL', 'Postgres', 'no initdb and postgres that start here');
  return async () => {
    await redis?.stop();
    await postgres?.stop();
  };
}

function announce(variable: string, server: string, reason: string): void {
  if (process.env[variable]) console.log(`${server}: the adapter tests also run against the real server.`);
  else console.log(`${server}: NOT RUN against the real server (${reason}; or set ${variable}).`);
}
