import { type Kysely, sql } from 'kysely';

/**
 * Directories look users up by any of their addresses. The main one has an index; this one has the others, folded, and
 * costs nothing to write where there are none, as for most users.
 *
 * The release before goes on working: it knows nothing of the index, and keeps it up. Writes wait while it is built,
 * half a second for 100,000 users who have several addresses each.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Their beginnings, as an index has no room for all that can be written as an address.
  await sql`
    create function users_other_emails(profile jsonb) returns text[] language sql immutable parallel safe
    return array(
      select left(users_fold(email ->> 'value'), 320)
      from jsonb_array_elements(
        case jsonb_typeof(profile -> 'emails') when 'array' then profile -> 'emails' else '[]' end
      ) as email
      where jsonb_typeof(email -> 'value') = 'string'
    )`.execute(db);
  await sql`
    create index users_other_emails on users using gin (users_other_emails(profile))
    where status <> 'deleted' and profile -> 'emails' is not null`.execute(db);
}
