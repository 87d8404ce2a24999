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

/** Reads a user from a row. Spreading what may be absent would make five objects of each row of a page. */
export function userOf(row: UserRow): UserRecord {
  const { id, display_name: displayName, status, created, updated } = row;
  const createdAt = readInstant(created);
  const updatedAt = updated === created ? createdAt : readInstant(updated);
  const user: UserRecord = { id, displayName, status, createdAt, updatedAt, version: Number(row.version) };
  if (row.email !== null) user.email = row.email;
  if (row.user_name !== null) user.userName = row.user_name;
  if (row.external_id !== null) user.externalId = row.external_id;
  if (row.attributes !== null) user.attributes = row.attributes;
  if (row.profile !== null) user.profile = row.profile;
  return user;
}

/** Writes JSON as a parameter: pg would make an array of Postgres of an array. */
export function jsonOf(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}
