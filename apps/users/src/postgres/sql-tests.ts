import { type RawBuilder, sql } from 'kysely';
import type { Comparison, FilterValue } from '../user-filter.ts';
import { firstAfterPrefix } from './prefix-range.ts';

/** A piece of SQL whose values are parameters, whatever they are. */
export type Sql = RawBuilder<unknown>;

/** How values compare; `ne` is for the caller to turn round. */
export type SqlComparison = Exclude<Comparison, 'ne'>;

const operators = { eq: sql`=`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };
type Ordering = keyof typeof operators;

/** Whether two values are compared as wholes, and not as texts. */
export function isOrdering(is: SqlComparison): is is Ordering {
  return is in operators;
}

/** Compares two values of one type. */
export function orderTest(is: Ordering, left: Sql, right: Sql): Sql {
  return sql`${left} ${operators[is]} ${right}`;
}

/** Compares a text with another one. */
export function textTest(is: SqlComparison, left: Sql, right: FilterValue): Sql {
  const text = String(right);
  if (is === 'co') return sql`strpos(${left}, ${text}) > 0`;
  if (is === 'sw') return sql`starts_with(${left}, ${text})`;
  if (is === 'ew') return sql`right(${left}, ${Array.from(text).length}::int) = ${text}`;
  return orderTest(is, is === 'eq' ? left : sql`(${left}) collate "C"`, sql`${text}`);
}

/** Whether a text in an index begins with another one: a range, which the index can find. */
export function prefixTest(left: Sql, prefix: string): Sql {
  const end = firstAfterPrefix(prefix);
  return end === undefined ? sql`${left} >= ${prefix}` : sql`(${left} >= ${prefix} and ${left} < ${end})`;
}
