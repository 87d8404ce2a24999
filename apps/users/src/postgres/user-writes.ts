import type { Kysely } from 'kysely';
import { requireVersion } from '../entity-tag.ts';
import type { Added } from '../once.ts';
import { alreadyThere } from '../refusals.ts';
import type { UserRecord } from '../user.ts';
import type { WriteTerms } from '../users.ts';
import { type Change, changes, type Newcomer, newcomers } from './batch-statements.ts';
import type { Tables } from './database.ts';
import { isTakenId } from './postgres-errors.ts';
import { run } from './statement.ts';
import { type UserRow, userColumns, userOf } from './user-row.ts';
import { addition, change, newcomer, removal, type Write } from './write-statements.ts';

// A write that finds nothing to do looks why. When it finds itself in the row, an earlier try of it had succeeded.

interface Version {
  version: string | number;
}

/** A row that a write did not touch, and whether the reason is that it had done so before. */
type WrittenRow = UserRow & { own: boolean };

/** Takes in a user. Most ids are new: at first the statement is tried that costs Postgres a fifth less. */
export async function addUser(kysely: Kysely<Tables>, user: UserRecord, as: Write): Promise<Added> {
  const isNew = await run(kysely, newcomer(user, as)).then(() => true, falseIfTaken);
  if (isNew) return { user: { ...user, version: 1 }, replayed: false };
  const [row] = await run<Version>(kysely, addition(user, as));
  if (row) return { user: { ...user, version: Number(row.version) }, replayed: false };
  const found = await writtenRow(kysely, user.id, as);
  if (!found?.own) throw alreadyThere();
  // Deleted again since, it is told as it was taken in.
  const { status } = found.status === 'deleted' ? user : found;
  return { user: userOf({ ...found, status }), replayed: false };
}

function falseIfTaken(error: unknown): false {
  if (isTakenId(error)) return false;
  throw error;
}

/** Takes in users whose ids are new ones, all or none. */
export async function addUsers(kysely: Kysely<Tables>, all: readonly Newcomer[]): Promise<Map<string, Added>> {
  await run(kysely, newcomers(all));
  return new Map(all.map(({ user }) => [user.id, { user: { ...user, version: 1 }, replayed: false }]));
}

type Writing = WriteTerms & Write & { id: string };

/** Makes changes of one kind, each of another user; answers those that were found and whose terms hold. */
export async function changeUsers(kysely: Kysely<Tables>, all: readonly Change[]): Promise<Map<string, UserRecord>> {
  const rows = await run<UserRow>(kysely, changes(all));
  return new Map(rows.map((row) => [row.id, userOf(row)]));
}

/** Changes what the edit names. */
export async function changeUser(kysely: Kysely<Tables>, writing: Change): Promise<UserRecord | undefined> {
  const { id, edit, versions } = writing;
  const [row] = await run<UserRow>(kysely, change(id, edit, writing));
  if (row) return userOf(row);
  const found = await writtenRow(kysely, id, writing);
  if (!found || found.status === 'deleted') return undefined;
  if (found.own) return userOf(found);
  requireVersion(versions, Number(found.version));
  return changeUser(kysely, writing); // it came between the two statements
}

/** Marks a user as deleted. */
export async function removeUser(
  kysely: Kysely<Tables>,
  writing: Writing,
): Promise<'removed' | 'already-removed' | 'unknown'> {
  const { id, versions } = writing;
  const [row] = await run<Version>(kysely, removal(id, writing));
  if (row) return 'removed';
  const found = await writtenRow(kysely, id, writing);
  if (!found) return 'unknown';
  if (found.own) return 'removed';
  if (found.status === 'deleted') return 'already-removed';
  requireVersion(versions, Number(found.version));
  return removeUser(kysely, writing); // it came between the two statements
}

async function writtenRow(kysely: Kysely<Tables>, id: string, { writeId }: Write): Promise<WrittenRow | undefined> {
  const text = `select ${userColumns}, $2::bigint = any(write_ids) as own from users where id = $1`;
  const [row] = await run<WrittenRow>(kysely, { text, values: [id, writeId] });
  return row;
}
