import type { Part } from '@seaworthy/chassis/part';
import type { UserChange } from '@seaworthy/contracts/users';
import { type Kysely, sql } from 'kysely';
import type { Outbox } from '../change-relay.ts';
import type { Settings } from '../config.ts';
import type { Database, Tables } from './database.ts';
import type { PoolWorld } from './pool.ts';
import { asking } from './postgres-errors.ts';
import { connect } from './server.ts';

/** Opens the outbox of a database. */
export function openOutbox(settings: Settings, database: Database, world: PoolWorld): Outbox & Part {
  const { DATABASE_URL } = settings;
  if (DATABASE_URL === undefined) return embeddedOutbox(database.kysely);
  // A connection of its own: a Redis that hangs must not take one from the requests.
  const kysely = connect({ ...settings, DATABASE_URL, DATABASE_POOL_SIZE: 1 }, world);
  return { ...postgresOutbox(kysely), close: () => kysely.destroy() };
}

/**
 * The outbox of a server. A transaction with an advisory lock keeps other processes out until the changes are told and
 * forgotten; if the process or its connection dies in between, the changes are still there for the next one.
 *
 * For each user, the order of positions is the order of versions: a position is drawn by the statement that holds the
 * user's row, and the next version's statement gets that row only after the commit. Between users there is no such
 * order, and a lower position may appear after a higher one: so what was read is forgotten by its positions, not up to
 * the last. A version is never told for the first time before the one that precedes it, whoever tells them.
 */
export function postgresOutbox(kysely: Kysely<Tables>): Outbox {
  return {
    drain: (limit, tell) =>
      asking(() =>
        kysely.transaction().execute(async (transaction) => {
          const { rows } = await takeLock.execute(transaction);
          return rows[0]?.taken ? await drain(transaction, limit, tell) : 0;
        }),
      ),
  };
}

/**
 * The outbox of an embedded Postgres, which has one process and one connection: without a transaction, so that
 * requests need not wait for whoever is told, and without a lock, as long as one relay at a time drains it.
 */
export function embeddedOutbox(kysely: Kysely<Tables>): Outbox {
  return { drain: (limit, tell) => asking(() => drain(kysely, limit, tell)) };
}

// Any number that is no other's: the migrations of kysely lock another one. A process that freezes in the middle
// loses its connection after a while, and the lock with it.
const takeLock = sql<{ taken: boolean }>`
  select pg_try_advisory_xact_lock(7236837812345096) as taken,
         set_config('idle_in_transaction_session_timeout', '10s', true)`;

interface OutboxRow {
  position: string;
  user_id: string;
  version: number;
  type: UserChange['type'];
  at: string;
}

async function drain(
  kysely: Kysely<Tables>,
  limit: number,
  tell: (changes: readonly UserChange[]) => Promise<void>,
): Promise<number> {
  // bigint fits no number and comes as several types; a version fits easily.
  const { rows } = await sql<OutboxRow>`
    select position::text, user_id, version::float8, type,
           to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from outbox order by outbox.position limit ${limit}`.execute(kysely);
  if (rows.length === 0) return 0;
  await tell(rows.map(changeOf));
  const positions = rows.map(({ position }) => position);
  await sql`delete from outbox where position = any(${positions}::bigint[])`.execute(kysely);
  return rows.length;
}

function changeOf({ user_id: userId, version, type, at }: OutboxRow): UserChange {
  return { id: `${userId}:${version}`, type, userId, version, at };
}
