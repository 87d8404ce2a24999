import type { UserEdit, UserRecord } from '../user.ts';
import type { WriteTerms } from '../users.ts';
import type { Statement } from './statement.ts';
import { userColumns } from './user-row.ts';
import { assignments, insertedValues, type Write, withOutbox, writesRemembered } from './write-statements.ts';

// Each text serves any number of rows, so that Postgres can keep all of them prepared: a parameter is a column.

/** An addition of a user whose id is a new one. */
export interface Newcomer extends Write {
  user: UserRecord;
}

/** Takes in users whose ids are new ones, all or none; answers their ids. */
export function newcomers(additions: readonly Newcomer[]): Statement {
  const values = columnsOf(additions.map(({ user, writeId }) => insertedValues(user, writeId)));
  return { text: withOutbox(insert, 'created', { told: isTold(additions), selected: 'id' }), values };
}

const insert = `insert into users
    (id, email, user_name, display_name, status, external_id, attributes, profile, created_at, updated_at, write_ids)
  select id, email, user_name, display_name, status, external_id, attributes::jsonb, profile::jsonb, at, updated, array[write_id]
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::timestamptz[], $10::timestamptz[], $11::bigint[])
    as added (id, email, user_name, display_name, status, external_id, attributes, profile, at, updated, write_id)
  returning id, version, updated_at`;

/** A change of one user. */
export interface Change extends WriteTerms, Write {
  id: string;
  edit: UserEdit;
}

/** What the changes of one statement have in common: the fields that they name. Without it, a change goes alone. */
export function kindOfChange({ edit, versions }: Change): string | undefined {
  if (Array.isArray(versions) && versions.length !== 1) return undefined;
  return assignments(edit)
    .map(([assignment]) => assignment)
    .join();
}

/**
 * Makes changes of one kind, each of another user; answers the rows of those whose terms hold. Rows are met in the
 * order of ids, where there are more users than changes: two processes seldom wait for each other in a circle.
 */
export function changes(all: readonly Change[]): Statement {
  const told = isTold(all);
  const sorted = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.map(({ id, at, writeId, versions, edit }) => [
    ...[id, at, writeId, Array.isArray(versions) ? versions[0] : null],
    ...assignments(edit).map(([, value]) => value),
  ]);
  const text = `${update(sorted[0]?.edit ?? {})} returning ${told ? 'users.*' : userColumns}`;
  return { text: withOutbox(text, 'changed', { told, selected: userColumns }), values: columnsOf(rows) };
}

function update(edit: UserEdit): string {
  const all = assignments(edit);
  const set = all.map(([assignment], index) => assignment.replace('$', `value_${index}`));
  const always = ['updated_at = greatest(updated_at, now)', 'version = version + 1', `write_ids = ${lastWrites}`];
  return `update users set ${[...always, ...set].join(', ')}
    from unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::bigint[]${all.map((_, index) => `, $${index + 5}::text[]`).join('')})
      as edit (${['user_id', 'now', 'write_id', 'wanted', ...all.map((_, index) => `value_${index}`)].join(', ')})
    where id = user_id and status <> 'deleted' and write_id <> all(write_ids) and version = coalesce(wanted, version)`;
}

const lastWrites = `(array_prepend(write_id, write_ids))[1:${writesRemembered}]`;

/** One store tells of all of its writes, or of none. */
function isTold(writes: readonly Write[]): boolean {
  return writes.some(({ told }) => told);
}

function columnsOf(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}
