import { type Columns, type ColumnType, type Expression, type Row, textOf, typed } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import { QueryError } from './query-error.ts';
import type { TokenReader } from './token-reader.ts';

/** Rows, and the columns they have. */
export interface Table {
  readonly columns: Columns;
  readonly rows: readonly Row[];
}

/** Reads what follows the operator's name, and applies it to the table. Throws a QueryError. */
type Operator = (reader: TokenReader, table: Table) => Table;

interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

/** The operators that are emulated. Each is KQL's own, or refuses the part that it is not. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['where', where],
  ['project', (reader, table) => calculate(table, assignments(reader, table), new Map())],
  ['extend', (reader, table) => calculate(table, assignments(reader, table), table.columns)],
  ['distinct', (reader, table) => grouped(table, assignments(reader, table))],
  ['summarize', summarize],
  ['order', order],
  ['sort', order],
  ['take', take],
  ['limit', take],
  ['count', (_reader, { rows }) => ({ columns: new Map([['Count', 'long']]), rows: [{ Count: rows.length }] })],
]);

function where(reader: TokenReader, { columns, rows }: Table): Table {
  const predicate = parseExpression(reader, columns);
  // An operator that is not known here leaves half an expression, which would look like one of the wrong type.
  if (reader.next.kind !== 'end' && reader.next.text !== '|') throw reader.unexpected();
  typed(predicate, 'bool');
  return { columns, rows: rows.filter((row) => predicate.of(row) === true) };
}

function assignments(reader: TokenReader, { columns }: Table): NamedExpression[] {
  const items = reader.list(() => {
    const name = reader.isAssignment ? reader.name() : undefined;
    if (name !== undefined) reader.expect('=');
    const expression = parseExpression(reader, columns);
    return { name: name ?? nameOf(expression), expression };
  });
  const repeated = items.find(({ name }, index) => items.findIndex((other) => other.name === name) < index);
  if (repeated === undefined) return items;
  throw new QueryError('SemanticError', `The column '${repeated.name}' is there twice.`, repeated.expression.at);
}

function nameOf({ name, at }: Expression): string {
  if (name !== undefined) return name;
  throw new QueryError('InvalidQueryLanguage', 'The emulator asks for a name here: name = expression.', at);
}

function calculate({ rows }: Table, items: readonly NamedExpression[], kept: Columns): Table {
  const columns = new Map<string, ColumnType>(kept);
  for (const { name, expression } of items) columns.set(name, expression.type);
  const made = (row: Row) => items.map(({ name, expression }) => [name, expression.of(row) ?? null] as const);
  const keeps = kept.size > 0;
  return { columns, rows: rows.map((row) => ({ ...(keeps ? row : {}), ...Object.fromEntries(made(row)) })) };
}

/** `count()` is the only aggregate. */
function summarize(reader: TokenReader, table: Table): Table {
  const given = reader.isAssignment ? reader.name() : undefined;
  if (given !== undefined) reader.expect('=');
  const name = given ?? 'count_';
  const aggregate = reader.next;
  if (reader.name() !== 'count') {
    throw new QueryError('InvalidQueryLanguage', `'${aggregate.text}' is no aggregate that is emulated.`, aggregate);
  }
  reader.expect('(');
  reader.expect(')');
  if (reader.accept('by')) return grouped(table, assignments(reader, table), name);
  return { columns: new Map([[name, 'long']]), rows: [{ [name]: table.rows.length }] };
}

/** One row for each combination of values, in the order of their first; with how many there were, if that has a name. */
function grouped(table: Table, items: readonly NamedExpression[], count?: string): Table {
  for (const { expression } of items) typed(expression, 'string', 'long', 'bool');
  const { columns, rows } = calculate(table, items, new Map());
  const groups = Map.groupBy(rows, (row) => JSON.stringify(Object.values(row)));
  return {
    columns: count === undefined ? columns : new Map([...columns, [count, 'long' as const]]),
    rows: [...groups.values()].map((group) => ({
      ...group[0],
      ...(count === undefined ? {} : { [count]: group.length }),
    })),
  };
}

/** Descending unless it says otherwise, as in KQL. What is equal keeps its order. */
function order(reader: TokenReader, { columns, rows }: Table): Table {
  reader.expect('by');
  const keys = reader.list(() => {
    const key = typed(parseExpression(reader, columns), 'string', 'long', 'bool');
    const ascending = reader.accept('asc');
    if (!ascending) reader.accept('desc');
    return { key, sign: ascending ? 1 : -1 };
  });
  const compare = (a: Row, b: Row): number => {
    for (const { key, sign } of keys) {
      const result = compareValues(key.of(a), key.of(b));
      if (result !== 0) return sign * result;
    }
    return 0;
  };
  return { columns, rows: rows.toSorted(compare) };
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [textOf(a), textOf(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function take(reader: TokenReader, { columns, rows }: Table): Table {
  if (reader.next.kind !== 'number') throw reader.unexpected('number');
  return { columns, rows: rows.slice(0, Number(reader.take().value)) };
}
