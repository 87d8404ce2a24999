import type { Part } from '@seaworthy/chassis/part';
import type { UserStatus } from '@seaworthy/contracts/users';
import type { ColumnType, Kysely } from 'kysely';

/** A row of the table `users`: how each column is read, and how it is written. */
export interface UserRow {
  id: string;
  email: string;
  display_name: string;
  status: UserStatus;
  external_id: string | null;
  attributes: ColumnType<Record<string, string> | null, string | null, string | null>;
  created_at: ColumnType<Date, string, string>;
  updated_at: ColumnType<Date, string, string>;
}

/** The tables as queries see them; the migrations make them. */
export interface Tables {
  users: UserRow;
}

/** A Postgres that answers, real or embedded. */
export interface Database extends Required<Part> {
  readonly kysely: Kysely<Tables>;
  /** Applies the migrations that are missing, in as much time as it takes, and answers their names. */
  migrate(): Promise<string[]>;
}
