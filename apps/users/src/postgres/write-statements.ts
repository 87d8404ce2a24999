import type { UserChange } from '@seaworthy/contracts/users';
import type { UserEdit, UserRecord } from '../user.ts';
import type { WriteTerms } from '../users.ts';
import type { Statement } from './statement.ts';
import { jsonOf, userColumns } from './user-row.ts';

// The texts are finite in number, so that Postgres can keep all of them prepared.

/** A write. */
export interface Write {
  /** Tells its repetitions from other writes: a row that it has written is not written by it again. 64 bits, signed. */
  writeId: string;
  /** Whether the outbox is to know of it. */
  told: boolean;
}

/** What is kept of an addition for its repetitions. */
export interface KeptAnswer {
  caller: string;
  key: string;
  fingerprint: string;
  user: UserRecord;
  expiresAt: string;
}

/**
 * Takes in a user whose id is a new one; no row comes back unless the outbox is told.
 * @throws a violation of `users_pkey` where it is not
 */
export function newcomer(user: UserRecord, { writeId, told }: Write): Statement {
  const text = told ? withOutbox(`${insert} ${written}`, 'created', { told, selected: 'version' }) : insert;
  return { text, values: insertedValues(user, writeId) };
}

/** Takes in a user, also with the id of a deleted one; answers the version, or no row where somebody has the id. */
export function addition(user: UserRecord, { writeId, told }: Write, answer?: KeptAnswer): Statement {
  const values = insertedValues(user, writeId);
  const write = `${insert} ${reuse} ${written}`;
  if (!answer) return { text: withOutbox(write, 'created', { told, selected: 'version' }), values };
  return {
    text: withOutbox(write, 'created', { told, selected: 'version', also: keep }),
    values: [...values, answer.caller, answer.key, answer.fingerprint, jsonOf(answer.user), answer.expiresAt],
  };
}

/** What an addition writes, in the order of the table's columns. */
export function insertedValues(user: UserRecord, writeId: string): unknown[] {
  const { id, email = null, userName = null, displayName, status, externalId = null, createdAt, updatedAt } = user;
  const json = [jsonOf(user.attributes), jsonOf(user.profile)];
  return [id, email, userName, displayName, status, externalId, ...json, createdAt, updatedAt, writeId];
}

// A write that is repeated is no further back than this: no more of them are under way at once than one process has
// connections by default. Each is 8 bytes in each row that was written so often; up to 32 the CPU noticed nothing.
export const writesRemembered = 16;

const insert = `insert into users
    (id, email, user_name, display_name, status, external_id, attributes, profile, created_at, updated_at, write_ids)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, array[$11::bigint])`;
const reuse = `on conflict (id) do update set
    email = excluded.email, user_name = excluded.user_name, display_name = excluded.display_name,
    status = excluded.status, external_id = excluded.external_id, attributes = excluded.attributes,
    profile = excluded.profile, created_at = excluded.created_at, updated_at = excluded.updated_at,
    version = users.version + 1, write_ids = (excluded.write_ids || users.write_ids)[1:${writesRemembered}]
  where users.status = 'deleted' and not users.write_ids @> excluded.write_ids`;
const written = 'returning id, version, updated_at';

// A row with this key that is still there has expired, and nobody else writes it: we hold the lock of the key.
const keep = `insert into idempotency_keys (caller, key, fingerprint, answer, expires_at)
  select $12, $13, $14, jsonb_set($15::jsonb, '{version}', to_jsonb(version)), $16::timestamptz from written
  on conflict (caller, key) do update set
    fingerprint = excluded.fingerprint, answer = excluded.answer, expires_at = excluded.expires_at`;

type Terms = WriteTerms & Write;

/** Changes what the edit names; answers the row, or none where the terms do not hold or it was done before. */
export function change(id: string, edit: UserEdit, terms: Terms): Statement {
  const values: unknown[] = [id, terms.at, terms.writeId];
  const set = assignments(edit).map(([assignment, value]) => assignment.replace('$', () => `$${values.push(value)}`));
  const text = update(set, terms, values) + (terms.told ? 'returning users.*' : `returning ${userColumns}`);
  return { text: withOutbox(text, 'changed', { told: terms.told, selected: userColumns }), values };
}

/** Marks a user as deleted; answers its version, or no row as `change` does. */
export function removal(id: string, terms: Terms): Statement {
  const values: unknown[] = [id, terms.at, terms.writeId];
  const text = `${update(["status = 'deleted'"], terms, values)} ${written}`;
  return { text: withOutbox(text, 'deleted', { told: terms.told, selected: 'version' }), values };
}

function update(set: readonly string[], { versions }: Terms, values: unknown[]): string {
  const writeIds = `write_ids = (array_prepend($3::bigint, write_ids))[1:${writesRemembered}]`;
  const always = ['updated_at = greatest(updated_at, $2)', 'version = version + 1', writeIds];
  const among = Array.isArray(versions) ? `and version = any($${values.push(versions)}::bigint[])` : '';
  return `update users set ${[...always, ...set].join(', ')}
    where id = $1 and status <> 'deleted' and $3::bigint <> all(write_ids) ${among}`;
}

/** Pairs of an assignment, in which `$` stands for the value, a text, and that value. */
export function assignments(edit: UserEdit): (readonly [string, unknown])[] {
  const { attributes, attributePatch, profile } = edit;
  const merged = "attributes = jsonb_strip_nulls(coalesce(attributes, '{}') || $::jsonb)";
  const all: (readonly [string, unknown])[] = [
    ['email = $', edit.email],
    ['user_name = $', edit.userName],
    ['display_name = $', edit.displayName],
    ['status = $', edit.status],
    ['external_id = $', edit.externalId],
    attributePatch ? [merged, jsonOf(attributePatch)] : ['attributes = $::jsonb', attributes && jsonOf(attributes)],
    ['profile = $::jsonb', profile && jsonOf(profile)],
  ];
  return all.filter(([, value]) => value !== undefined);
}

interface Telling {
  told: boolean;
  /** What to answer of the rows that were written. */
  selected: string;
  /** One more statement upon the rows in `written`. */
  also?: string;
}

/** The same write with its rows in the outbox, in one statement: both or neither. */
export function withOutbox(write: string, type: UserChange['type'], { told, selected, also }: Telling): string {
  if (!told && also === undefined) return write;
  const parts = [`written as (${write})`];
  // The row is locked before the position is drawn: of one user, positions are in the order of versions.
  if (told)
    parts.push(`told as (insert into outbox (user_id, version, type, at)
    select id, version, '${type}', updated_at from written)`);
  if (also !== undefined) parts.push(`kept as (${also})`);
  return `with ${parts.join(', ')} select ${selected} from written`;
}
