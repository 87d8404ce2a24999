import { type Kysely, sql } from 'kysely';

/** The first table. Lengths and shapes are the contract's business; uniqueness and identity are ours. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id           uuid        primary key,
      email        text        not null constraint users_email_key unique,
      display_name text        not null,
      status       text        not null constraint users_status_check check (status in ('active', 'suspended')),
      external_id  text,
      attributes   jsonb,
      created_at   timestamptz not null,
      updated_at   timestamptz not null
    )`.execute(db);
  await sql`create index users_status_id on users (status, id)`.execute(db);
}
