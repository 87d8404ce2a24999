import type { Part } from '@seaworthy/chassis/part';
import type { UserChange, UserStatus } from '@seaworthy/contracts/users';
import type { ColumnType, Generated, Kysely } from 'kysely';
import type { Attributes, Profile, UserRecord } from '../user.ts';

/** A number that Postgres keeps in 64 bits: pg reads it as a text, PGlite as a number. */
type Bigint = ColumnType<string | number, number | undefined, number>;

/** A row of the table `users`: how each column is read, and how it is written. */
export interface UserTable {
  id: string;
  email: string | null;
  user_name: string | null;
  display_name: string;
  status: UserStatus;
  external_id: string | null;
  attributes: ColumnType<Attributes | null, string | null, string | null>;
  profile: ColumnType<Profile | null, string | null, string | null>;
  created_at: ColumnType<Date, string, string>;
  updated_at: ColumnType<Date, string, string>;
  version: Bigint;
  /** Which writes were the last ones, the latest first: so that a write can be repeated without being done twice. */
  write_ids: ColumnType<unknown[], string | undefined, string>;
}

/** A row of the table `idempotency_keys`. */
export interface IdempotencyKeyTable {
  caller: string;
  key: string;
  fingerprint: string;
  answer: ColumnType<UserRecord, string, string>;
  expires_at: ColumnType<Date, string, string>;
}

/** A row of the table `outbox`: a change that nobody was told of yet. */
export interface OutboxTable {
  position: Generated<string | number>;
  user_id: string;
  version: Bigint;
  type: UserChange['type'];
  at: ColumnType<Date, string, string>;
}

/** The tables as queries see them; the migrations make them. */
export interface Tables {
  users: UserTable;
  idempotency_keys: IdempotencyKeyTable;
  outbox: OutboxTable;
}

/** A Postgres that answers, real or embedded. */
export interface Database extends Required<Part> {
  readonly kysely: Kysely<Tables>;
  /** Applies the migrations that are missing, in as much time as it takes, and answers their names. */
  migrate(): Promise<string[]>;
}
