import { type Kysely, sql } from 'kysely';

/**
 * Versions, deletion that leaves a trace, and what directories (SCIM) say of users.
 *
 * The release before goes on working on these tables during a roll-out: what is new may be left out, and what it
 * writes counts as a version, too. What it cannot know: it shows deleted users, finds addresses without an index,
 * deletes without a trace, and tells nobody of its changes.
 *
 * The table is locked throughout: it is rewritten once, as times lose what is finer than a millisecond, and indexed
 * anew. That takes half a second for 100,000 users; requests wait.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await changeUsers(db);
  await createFold(db);
  await indexUsers(db);
  await countOldWrites(db);
  await sql`analyze users`.execute(db);
  await sql`
    create table idempotency_keys (
      caller      text        collate "C" not null,
      key         text        collate "C" not null,
      fingerprint text        not null,
      answer      jsonb       not null,
      expires_at  timestamptz not null,
      primary key (caller, key)
    )`.execute(db);
  await sql`create index idempotency_keys_expires_at on idempotency_keys (expires_at)`.execute(db);
  await sql`
    create table outbox (
      position bigint         generated always as identity primary key,
      user_id  uuid           not null,
      version  bigint         not null,
      type     text           not null,
      at       timestamptz(3) not null
    )`.execute(db);
}

/** Texts are compared by their bytes: the same on every server, and prefixes are ranges. */
async function changeUsers(db: Kysely<unknown>): Promise<void> {
  await sql`drop index users_status_id`.execute(db);
  await sql`
    alter table users
      drop constraint users_email_key,
      alter column email drop not null,
      alter column email type text collate "C",
      alter column display_name type text collate "C",
      alter column external_id type text collate "C",
      alter column created_at type timestamptz(3),
      alter column updated_at type timestamptz(3),
      add column user_name text collate "C",
      add column profile jsonb,
      add column version bigint not null default 1,
      add column write_ids bigint[] not null default '{}',
      drop constraint users_status_check,
      add constraint users_status_check check (status in ('active', 'suspended', 'deleted')),
      add constraint users_attributes_check check (jsonb_array_length(jsonb_path_query_array(attributes, '$.*')) <= 32)
  `.execute(db);
}

/** `fold` of the domain. JavaScript folds case as Unicode says; Postgres does so under few of its collations. */
async function createFold(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select collname as name
    from unnest(array['und-x-icu', 'pg_unicode_fast', 'pg_c_utf8', 'default']) with ordinality as wanted (name, place)
    join pg_collation on collname = wanted.name and collnamespace = 'pg_catalog'::regnamespace
    order by place limit 1`.execute(db);
  const collation = sql.id('pg_catalog', rows[0]?.name ?? 'default');
  const spaces = sql.raw(
    String.raw`E'\t\n\x0B\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF'`,
  );
  await sql`
    create function users_fold(value text) returns text language sql immutable parallel safe
    return lower(btrim(value, ${spaces}) collate ${collation})`.execute(db);
}

/** No more than the queries need, as every write pays for them. A violation is told by the name of its index. */
async function indexUsers(db: Kysely<unknown>): Promise<void> {
  const present = sql`where status <> 'deleted'`;
  // Unique, and the order by address at once: the second part tells apart only those who have no address.
  await sql`
    create unique index users_email_key on users (
      coalesce(email, ''), (case when email is null then id else '00000000-0000-0000-0000-000000000000' end)
    ) ${present}`.execute(db);
  await sql`create unique index users_user_name_key on users (coalesce(user_name, email)) ${present}`.execute(db);
  await sql`create index users_created_at on users (created_at, id) ${present}`.execute(db);
  await sql`create index users_display_name on users (users_fold(display_name)) ${present}`.execute(db);
  await sql`create index users_external_id on users (external_id) where external_id is not null`.execute(db);
  // Most users are active: their writes do not pay for the other ones' index.
  await sql`create index users_status on users (status, created_at, id) where status <> 'active'`.execute(db);
  await describeToPlanner(db);
}

/** Postgres keeps no statistics of partial indexes: it would take a prefix for so common that it read them all. */
async function describeToPlanner(db: Kysely<unknown>): Promise<void> {
  await sql`create statistics users_email_values on (coalesce(email, '')) from users`.execute(db);
  await sql`create statistics users_user_name_values on (coalesce(user_name, email)) from users`.execute(db);
  await sql`create statistics users_display_name_values on (users_fold(display_name)) from users`.execute(db);
}

/**
 * The release before does not count versions, so that an entity tag would survive its changes. It alone sets the id:
 * a trigger that is bound to that column costs our own writes next to nothing. The next migration can drop it.
 */
async function countOldWrites(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function users_count_version() returns trigger language plpgsql as $$
    begin
      update users set version = version + 1 where id = new.id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger users_count_version after update of id on users
    for each row when (new.version = old.version) execute function users_count_version()`.execute(db);
}
