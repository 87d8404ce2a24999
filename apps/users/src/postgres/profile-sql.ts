import { sql } from 'kysely';
import type { FilterValue } from '../user-filter.ts';
import { isOrdering, orderTest, type Sql, type SqlComparison, textTest } from './sql-tests.ts';

/** The value at a path within JSON, or null. An arrow with a name finds nothing in a list, as `matches` wants it. */
export function jsonAt(from: Sql, path: readonly string[]): Sql {
  return path.reduce<Sql>((value, name) => sql`${value} -> ${name}::text`, from);
}

/** Whether there is a value that says something. */
export function jsonPresence(value: Sql): Sql {
  return sql`(${value}) not in ('null', '""', '{}', '[]')`;
}

/** Compares a value within JSON with one of the same type; any other type is no match. */
export function jsonTest(
  is: SqlComparison,
  value: Sql,
  { wanted, exact }: { wanted: FilterValue; exact: boolean },
): Sql {
  const typed = (type: string, as: Sql) => sql`case when jsonb_typeof(${value}) = ${type} then ${as} end`;
  const text = sql`(${value}) #>> '{}'`;
  if (typeof wanted === 'string') return textTest(is, typed('string', exact ? text : sql`users_fold(${text})`), wanted);
  const type = typeof wanted;
  if (!isOrdering(is)) return textTest(is, typed(type, text), wanted);
  return type === 'number'
    ? orderTest(is, typed(type, sql`(${value})::numeric`), sql`${String(wanted)}::numeric`)
    : orderTest(is, typed(type, sql`(${value})::boolean`), sql`${wanted}::boolean`);
}

/** The list at a path of the profile, or an empty one. All addresses together are `emailsOf` of the domain. */
export function profileList(path: readonly string[]): Sql {
  const list =
    path.length === 1 && path[0] === 'emails' ? sql`${mainEmail} || ${otherEmails}` : jsonAt(sql`profile`, path);
  return sql`case when jsonb_typeof(${list}) = 'array' then ${list} else '[]' end`;
}

/**
 * Whether a user may have this address, folded: true for all who have it, in the words of the indexes of the
 * migrations. Few addresses are so long that those of others begin alike.
 */
export function emailTest(address: string): Sql {
  return sql`(coalesce(email, '') = ${address} or (
    profile -> 'emails' is not null and users_other_emails(profile) @> array[left(${address}, 320)]
  ))`;
}

const mainEmail = sql`case when email is null then '[]'::jsonb else jsonb_build_array(
  coalesce(nullif(profile -> 'mainEmail', 'null'), '{"type": "work", "primary": true}') || jsonb_build_object('value', email)
) end`;
const otherEmails = sql`coalesce(nullif(profile -> 'emails', 'null'), '[]')`;
