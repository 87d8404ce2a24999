import type { Kysely } from 'kysely';
import { requireVersion } from '../entity-tag.ts';
import type { Added } from '../once.ts';
import { alreadyThere } from '../refusals.ts';
import type { UserEdit, UserRecord } from '../user.ts';
import type { WriteTerms } from '../users.ts';
import type { Tables } from './database.ts';
import { isTakenId } from './postgres-errors.ts';
import { run } from './statement.ts';
import { type UserRow, userColumns, userOf } from './user-row.ts';
import { addition, change, newcomer, removal, type Write } from './write-statements.ts';

// A write that finds nothing to do looks why. When it finds itself in the row, an earlier try of it had succeeded.

interface Version {
  version: string | number;
}

/** Takes in a user. Most ids are new: at first the statement is tried that costs Postgres a fifth less. */
export async function addUser(kysely: Kysely<Tables>, user: UserRecord, as: Write): Promise<Added> {
  const isNew = await run(kysely, newcomer(user, as)).then(() => true, falseIfTaken);
  if (isNew) return { user: { ...user, version: 1 }, replayed: false };
  const [row] = await run<Version>(kysely, addition(user, as));
  if (row) return { user: { ...user, version: Number(row.version) }, replayed: false };
  const found = await writtenRow(kysely, user.id);
  if (found?.write_id !== as.writeId) throw alreadyThere();
  return { user: userOf(found), replayed: false };
}

function falseIfTaken(error: unknown): false {
  if (isTakenId(error)) return false;
  throw error;
}

type Writing = WriteTerms & Write & { id: string };

/** Changes what the edit names. */
export async function changeUser(
  kysely: Kysely<Tables>,
  writing: Writing & { edit: UserEdit },
): Promise<UserRecord | undefined> {
  const { id, edit, versions, writeId } = writing;
  const [row] = await run<UserRow>(kysely, change(id, edit, writing));
  if (row) return userOf(row);
  const found = await writtenRow(kysely, id);
  if (!found || found.status === 'deleted') return undefined;
  if (found.write_id === writeId) return userOf(found);
  requireVersion(versions, Number(found.version));
  return changeUser(kysely, writing); // it came between the two statements
}

/** Marks a user as deleted. */
export async function removeUser(
  kysely: Kysely<Tables>,
  writing: Writing,
): Promise<'removed' | 'already-removed' | 'unknown'> {
  const { id, versions, writeId } = writing;
  const [row] = await run<Version>(kysely, removal(id, writing));
  if (row) return 'removed';
  const found = await writtenRow(kysely, id);
  if (!found) return 'unknown';
  if (found.status === 'deleted') return found.write_id === writeId ? 'removed' : 'already-removed';
  requireVersion(versions, Number(found.version));
  return removeUser(kysely, writing); // it came between the two statements
}

async function writtenRow(
  kysely: Kysely<Tables>,
  id: string,
): Promise<(UserRow & { write_id: string | null }) | undefined> {
  const text = `select ${userColumns}, write_id from users where id = $1`;
  const [row] = await run<UserRow & { write_id: string | null }>(kysely, { text, values: [id] });
  return row;
}
