import type { UserStatus } from '@seaworthy/contracts/users';
import type { Attributes, Profile, UserRecord } from '../user.ts';
import { readInstant } from './instant-text.ts';

/** A row as `userColumns` selects it. */
export interface UserRow {
  id: string;
  email: string | null;
  user_name: string | null;
  display_name: string;
  status: UserStatus;
  external_id: string | null;
  attributes: Attributes | null;
  profile: Profile | null;
  created: string;
  updated: string;
  version: string | number;
}

/** What a query selects for `userOf`. Times as texts: making Dates of them would cost more than the query. */
export const userColumns = `id, email, user_name, display_name, status, external_id, attributes, profile,
  created_at::text as created, updated_at::text as updated, version`;

/** Reads a user from a row. */
export function userOf(row: UserRow): UserRecord {
  const { id, email, display_name: displayName, status, attributes, profile } = row;
  return {
    id,
    ...(email !== null && { email }),
    ...(row.user_name !== null && { userName: row.user_name }),
    displayName,
    status,
    ...(row.external_id !== null && { externalId: row.external_id }),
    ...(attributes !== null && { attributes }),
    ...(profile !== null && { profile }),
    createdAt: readInstant(row.created),
    updatedAt: readInstant(row.updated),
    version: Number(row.version),
  };
}

/** Writes JSON as a parameter: pg would make an array of Postgres of an array. */
export function jsonOf(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}
