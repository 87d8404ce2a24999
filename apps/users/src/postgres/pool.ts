import type { Log } from '@seaworthy/chassis/log';
import type { Secret } from '@seaworthy/chassis/secret';
import { Pool } from 'pg';
import type { Settings } from '../config.ts';
import { currentClient } from './current-client.ts';

/** The settings of a pool. A statement timeout of 0 is none. */
export type PoolSettings = Pick<
  Settings,
  'DATABASE_POOL_SIZE' | 'DATABASE_CONNECTION_TIMEOUT_SECONDS' | 'DATABASE_STATEMENT_TIMEOUT_SECONDS'
> & { DATABASE_URL: Secret };

const longestLifeSeconds = 600; // so that rotated credentials and moved servers are taken up by all connections

/** Creates a pool of connections, of which each new one uses the credentials that the secret holds at that moment. */
export function createPool(settings: PoolSettings, log: Log): Pool {
  const statementMilliseconds = settings.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1000;
  const pool = new Pool({
    Client: currentClient(settings.DATABASE_URL, log),
    application_name: 'seaworthy-users',
    max: settings.DATABASE_POOL_SIZE,
    maxLifetimeSeconds: longestLifeSeconds,
    connectionTimeoutMillis: settings.DATABASE_CONNECTION_TIMEOUT_SECONDS * 1000,
    keepAlive: true,
    // Postgres ends the statement itself; only where nothing comes back from it, we give up a little later.
    ...(statementMilliseconds > 0 && {
      statement_timeout: statementMilliseconds,
      query_timeout: statementMilliseconds + 1000,
    }),
  });
  // Its message only: pg hangs the whole client on this error, and with it what the log must not show.
  pool.on('error', ({ message }) => log.warn({ reason: message }, 'idle connection to Postgres was lost'));
  // A connection that dies while in use tells its query; without a listener it would also end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
