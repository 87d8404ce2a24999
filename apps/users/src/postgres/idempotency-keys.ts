import type { Kysely } from 'kysely';
import { type Added, keptHours, type Once, stillInProgress, usedForSomethingElse } from '../once.ts';
import { alreadyThere } from '../refusals.ts';
import type { UserRecord } from '../user.ts';
import type { Database, Tables } from './database.ts';
import { run } from './statement.ts';
import { addition, type Write } from './write-statements.ts';

type Holding = <T>(once: Once, work: () => Promise<T>) => Promise<T>;

/**
 * Lets one call of this process at a time work under a key. Postgres' lock does that between processes, but could not
 * within one that has a single connection, as the embedded Postgres has: there the second call would only wait.
 * @throws Problem of kind `conflict` while another one is at it
 */
export function keysUnderWay(): Holding {
  const underWay = new Set<string>();
  return async (once, work) => {
    const name = nameOf(once);
    if (underWay.has(name)) throw stillInProgress();
    underWay.add(name);
    try {
      return await work();
    } finally {
      underWay.delete(name);
    }
  };
}

interface Addition extends Write {
  user: UserRecord;
  once: Once;
  /** How many times this very addition was tried before. */
  before: number;
}

/** Takes in a user and keeps the answer under the key, in one transaction; or answers what is kept. */
export function addUnderKey(kysely: Kysely<Tables>, { user, once, before, ...write }: Addition): Promise<Added> {
  return kysely.transaction().execute(async (transaction) => {
    await lockKey(transaction, once, before);
    const kept = await keptAnswer(transaction, once, user.createdAt);
    if (kept) return { user: kept, replayed: before === 0 || kept.id !== user.id };
    const answer = { ...once, user, expiresAt: expiryOf(user) };
    const [row] = await run<{ version: string | number }>(transaction, addition(user, write, answer));
    if (!row) throw alreadyThere();
    return { user: { ...user, version: Number(row.version) }, replayed: false };
  });
}

/** Where our own earlier try may hold the lock still, its end is worth waiting for. */
async function lockKey(transaction: Kysely<Tables>, once: Once, before: number): Promise<void> {
  const text =
    before === 0
      ? 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked'
      : 'select true as locked from pg_advisory_xact_lock(hashtextextended($1, 0))';
  const [row] = await run<{ locked: boolean }>(transaction, { text, values: [nameOf(once)] });
  if (!row?.locked) throw stillInProgress();
}

interface Kept {
  fingerprint: string;
  answer: UserRecord;
}

/**
 * What was answered under a key that has not expired. Whoever repeats a request that has ended needs no lock for it:
 * many that repeat it at once do not shut each other out.
 * @throws Problem of kind `invalid` when the key was used for something else
 */
export async function keptAnswer(
  kysely: Kysely<Tables>,
  { caller, key, fingerprint }: Once,
  now: string,
): Promise<UserRecord | undefined> {
  const text = `select fingerprint, answer from idempotency_keys
    where caller = $1 and key = $2 and expires_at > $3::timestamptz`;
  const [kept] = await run<Kept>(kysely, { text, values: [caller, key, now] });
  if (kept && kept.fingerprint !== fingerprint) throw usedForSomethingElse();
  return kept?.answer;
}

const batch = 1000;

/** Forgets the keys that have expired, in batches so that no lock is held for long; answers how many those were. */
export async function forgetExpiredKeys({ kysely }: Pick<Database, 'kysely'>, now: Date): Promise<number> {
  // Asked twice, as a key may be taken again between the two.
  const text = `with forgotten as (
      delete from idempotency_keys
      where ctid = any(array(select ctid from idempotency_keys where expires_at <= $1::timestamptz limit ${batch}))
        and expires_at <= $1::timestamptz
      returning 1
    ) select count(*)::int as count from forgotten`;
  let total = 0;
  for (;;) {
    const [row] = await run<{ count: number }>(kysely, { text, values: [now.toISOString()] });
    total += row?.count ?? 0;
    if (!row || row.count < batch) return total;
  }
}

function nameOf({ caller, key }: Once): string {
  return JSON.stringify([caller, key]);
}

function expiryOf({ createdAt }: UserRecord): string {
  return new Date(Date.parse(createdAt) + keptHours * 3_600_000).toISOString();
}
