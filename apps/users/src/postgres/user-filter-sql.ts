import { sql } from 'kysely';
import { fold } from '../user.ts';
import { exactFields, type FilterValue, type UserField, type UserFilter } from '../user-filter.ts';
import { isInstant, isUserId } from './canonical.ts';
import { emailTest, jsonAt, jsonPresence, jsonTest, profileList } from './profile-sql.ts';
import { isOrdering, orderTest, prefixTest, type Sql, type SqlComparison, textTest } from './sql-tests.ts';

type Named = Extract<UserField, string>;
type Comparing = Extract<UserFilter, { value: FilterValue }>;

/**
 * The condition that holds for the users that a filter means, as `matches` says. Where it is null it does not hold:
 * making false of it would keep it from using an index.
 */
export function conditionOf(filter: UserFilter): Sql {
  if ('all' in filter) return joined(filter.all, sql` and `, sql`true`);
  if ('any' in filter) return joined(filter.any, sql` or `, sql`false`);
  if ('not' in filter) return sql`(${conditionOf(filter.not)}) is not true`;
  if ('some' in filter) {
    const items = sql`jsonb_array_elements(${profileList(filter.some)}) as item (value)`;
    const exists = sql`exists (select from ${items} where ${conditionOf(filter.where)})`;
    const address = filter.some.join() === 'emails' ? addressIn(filter.where) : undefined;
    return address ? sql`(${emailTest(address)} and ${exists})` : exists;
  }
  if (filter.is === 'present') return presence(filter.field);
  if (filter.is === 'ne') return sql`(${comparison('eq', filter)}) is not true`;
  return comparison(filter.is, filter);
}

function joined(parts: readonly UserFilter[], by: Sql, none: Sql): Sql {
  return parts.length === 0 ? none : sql`(${sql.join(parts.map(conditionOf), by)})`;
}

function comparison(is: SqlComparison, { field, value, exactCase }: Comparing): Sql {
  const exact = exactCase === true || exactFields.has(field);
  const wanted = typeof value === 'string' && !exact ? fold(value) : value;
  if (typeof field !== 'string') return jsonTest(is, jsonOf(field), { wanted, exact });
  if (typeof wanted !== 'string') return sql`false`;
  return indexedTest(is, field, { wanted, exact }) ?? textTest(is, textOf(field, exact), wanted);
}

/** The address, folded, that an item must have for a filter to hold. */
function addressIn(where: UserFilter): string | undefined {
  if ('all' in where) return where.all.map(addressIn).find((address) => address !== undefined);
  if (!('is' in where) || where.is !== 'eq' || typeof where.value !== 'string') return undefined;
  const { field } = where;
  return typeof field === 'object' && 'item' in field && field.item.join() === 'value' ? fold(where.value) : undefined;
}

function presence(field: UserField): Sql {
  return typeof field === 'string' ? sql`${textOf(field, true)} <> ''` : jsonPresence(jsonOf(field));
}

function jsonOf(field: Exclude<UserField, string>): Sql {
  return 'profile' in field ? jsonAt(sql`profile`, field.profile) : jsonAt(sql`item.value`, field.item);
}

const iso = (column: Sql) => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Fields as texts, null where they are absent. Addresses and names are kept folded. */
const texts: Readonly<Record<Named, Sql>> = {
  id: sql`id::text`,
  email: sql`email`,
  userName: sql`coalesce(user_name, email)`,
  displayName: sql`display_name`,
  status: sql`status`,
  externalId: sql`external_id`,
  createdAt: iso(sql`created_at`),
  updatedAt: iso(sql`updated_at`),
};

function textOf(field: Named, exact: boolean): Sql {
  if (exact || field === 'email' || field === 'userName') return texts[field];
  return field === 'displayName' ? folded : sql`lower(${texts[field]})`;
}

const folded = sql`users_fold(display_name)`;
const prefixes: Partial<Readonly<Record<Named, Sql>>> = {
  email: sql`coalesce(email, '')`,
  userName: texts.userName,
  displayName: folded,
};

// Written out, as the index of those that are not active serves no parameter.
const statusTests: ReadonlyMap<string, Sql> = new Map([
  ['active', sql`status = 'active'`],
  ['suspended', sql`status = 'suspended'`],
  ['deleted', sql`status = 'deleted'`],
]);

/** The same test in the words of an index, where there may be one; each as the migration has it. */
function indexedTest(
  is: SqlComparison,
  field: Named,
  { wanted, exact }: { wanted: string; exact: boolean },
): Sql | undefined {
  if (field === 'status' && is === 'eq') return statusTests.get(wanted);
  if (field === 'id' && is === 'eq' && isUserId(wanted)) return sql`id = ${wanted}::uuid`;
  if (field === 'createdAt' || field === 'updatedAt') return instantTest(is, field, wanted);
  if (wanted === '' || (exact && field === 'displayName')) return undefined;
  if (is === 'sw' && prefixes[field]) return prefixTest(prefixes[field], wanted);
  return is === 'eq' && field === 'email' ? orderTest(is, sql`coalesce(email, '')`, sql`${wanted}`) : undefined;
}

function instantTest(is: SqlComparison, field: 'createdAt' | 'updatedAt', wanted: string): Sql | undefined {
  const text = wanted.toUpperCase();
  if (!isOrdering(is) || !isInstant(text)) return undefined;
  return orderTest(is, field === 'createdAt' ? sql`created_at` : sql`updated_at`, sql`${text}::timestamptz`);
}
