import type { Log } from '@seaworthy/chassis/log';
import type { Secret } from '@seaworthy/chassis/secret';
import type { PostgresPool } from 'kysely';
import { Pool } from 'pg';
import type { Settings } from '../config.ts';
import type { PasswordSource } from '../password-source.ts';
import { connectAgain } from './connect-again.ts';
import { currentClient } from './current-client.ts';
import { steadyClient } from './steady-client.ts';

/** The settings of a pool. A statement timeout of 0 is none. */
export type PoolSettings = Pick<
  Settings,
  | 'DATABASE_POOL_SIZE'
  | 'DATABASE_CONNECTION_TIMEOUT_SECONDS'
  | 'DATABASE_STATEMENT_TIMEOUT_SECONDS'
  | 'DATABASE_PREPARED_STATEMENTS'
> & { DATABASE_URL: Secret };

/** Who writes the log, and where passwords come from that are not in the URL. */
export interface PoolWorld {
  log: Log;
  passwords?: PasswordSource | undefined;
}

const longestLifeSeconds = 600; // so that rotated credentials and moved servers are taken up by all connections

/**
 * A pool of connections, of which each new one uses the credentials of that moment. Where they are refused and there
 * are others by now, those are tried, once; the file of the URL is read again for that.
 */
export function createPool(settings: PoolSettings, world: PoolWorld): PostgresPool {
  const { DATABASE_URL: url, DATABASE_CONNECTION_TIMEOUT_SECONDS: seconds } = settings;
  const pool = openPool(settings, world);
  return {
    options: {},
    end: () => pool.end(),
    connect() {
      const used = url.value;
      const hasOther = async () => {
        await url.refresh();
        return world.passwords !== undefined || url.value !== used;
      };
      return connectAgain(() => pool.connect(), { hasOther, milliseconds: seconds * 1000 }) as never;
    },
  };
}

function openPool(settings: PoolSettings, { log, passwords }: PoolWorld): Pool {
  const url = settings.DATABASE_URL;
  const statementMilliseconds = settings.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1000;
  const pool = new Pool({
    Client: steadyClient(currentClient({ url, passwords, log }), { prepares: settings.DATABASE_PREPARED_STATEMENTS }),
    application_name: 'seaworthy-users',
    options: '-c TimeZone=UTC', // times are read fastest so; where the URL has options of its own, those
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
