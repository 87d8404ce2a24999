import type { User } from '@seaworthy/contracts/users';
import type { Insertable, Selectable } from 'kysely';
import type { UserRow } from './database.ts';

/** Writes a user as a row. */
export function rowOf(user: User): Insertable<UserRow> {
  return {
    id: user.id,
    email: user.email,
    display_name: user.displayName,
    status: user.status,
    external_id: user.externalId ?? null,
    attributes: user.attributes ? JSON.stringify(user.attributes) : null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

/** Reads a user from a row. */
export function userOf(row: Selectable<UserRow>): User {
  return {
    id: row.id,
    email: row.email,
    displayName: row.display_name,
    status: row.status,
    ...(row.external_id !== null && { externalId: row.external_id }),
    ...(row.attributes !== null && { attributes: row.attributes }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
