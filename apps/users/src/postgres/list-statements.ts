import { pageSizes } from '@seaworthy/contracts/users';
import { type Kysely, sql } from 'kysely';
import type { Position, Selection, Slice, UserOrder } from '../users.ts';
import type { Tables } from './database.ts';
import type { Sql } from './sql-tests.ts';
import type { Statement } from './statement.ts';
import { conditionOf } from './user-filter-sql.ts';
import { userColumns } from './user-row.ts';

/** Part of a list: its cost does not grow with the depth of the position, as it is found in the order's index. */
export function listStatement(kysely: Kysely<Tables>, slice: Slice): Statement {
  const { order, deleted = false, filter, after, limit, offset } = slice;
  if (filter) return compiled(kysely, listQuery(slice));
  // Building the SQL costs as much as reading five users does: where no filter makes it another one, it is kept.
  const usual = usualLimits.has(limit) && limit;
  const shape = `${order.by} ${order.descending} ${deleted} ${after !== undefined} ${!!offset} ${usual}`;
  const text = texts.get(shape) ?? compiled(kysely, listQuery(slice)).text;
  texts.set(shape, text);
  const position = after ? orders[order.by].position(after, slice) : [];
  return { text, values: [...position, ...(usual ? [] : [limit]), ...(offset ? [offset] : [])] };
}

// Postgres plans a statement anew each time when it cannot know how many rows are wanted, which costs it as much as
// finding them. These go into the text; all that there are would be too many texts to keep prepared.
const usualLimits: ReadonlySet<number> = new Set(
  [pageSizes.default, pageSizes.most].flatMap((size) => [size, size + 1]),
);

const texts = new Map<string, string>();

function listQuery(slice: Slice): Sql {
  const { order, after, limit, offset } = slice;
  const { columns, types, position } = orders[order.by];
  const keys = columns(slice);
  const direction = order.descending ? sql`desc` : sql`asc`;
  const beyond = order.descending ? sql`<` : sql`>`;
  const place = after && position(after, slice).map((value, i) => sql`${value}::${types[i]}`);
  return sql`select ${sql.raw(userColumns)} from users where ${selected(slice)}
    ${place ? sql`and (${sql.join(keys)}) ${beyond} (${sql.join(place)})` : sql``}
    order by ${sql.join(keys.map((key) => sql`${key} ${direction}`))}
    limit ${usualLimits.has(limit) ? sql.lit(limit) : limit} ${offset ? sql`offset ${offset}` : sql``}`;
}

/** How many there are. */
export function countStatement(kysely: Kysely<Tables>, selection: Selection): Statement {
  return compiled(kysely, sql`select count(*)::int as count from users where ${selected(selection)}`);
}

function compiled(kysely: Kysely<Tables>, query: Sql): Statement {
  const { sql: text, parameters } = query.compile(kysely);
  return { text, values: parameters };
}

function selected({ deleted = false, filter }: Selection): Sql {
  const among = deleted ? sql`status = 'deleted'` : sql`status <> 'deleted'`;
  return filter ? sql`${among} and (${conditionOf(filter)})` : among;
}

interface Order {
  columns(selection: Selection): Sql[];
  types: readonly Sql[];
  /** What the columns are at a position. */
  position(after: Position, selection: Selection): string[];
}

const nobody = '00000000-0000-0000-0000-000000000000';
const tieOfAddress = sql`case when email is null then id else '00000000-0000-0000-0000-000000000000' end`;

const orders: Readonly<Record<UserOrder['by'], Order>> = {
  createdAt: {
    columns: () => [sql`users.created_at`, sql`users.id`],
    types: [sql`timestamptz`, sql`uuid`],
    position: ({ key, id }) => [key, id],
  },
  // Of those that are not deleted, only users without an address can be equal: the unique index is the order's, too.
  email: {
    columns: ({ deleted }) => [sql`coalesce(email, '')`, deleted ? sql`users.id` : tieOfAddress],
    types: [sql`text`, sql`uuid`],
    position: ({ key, id }, { deleted }) => [key, deleted || key === '' ? id : nobody],
  },
};
