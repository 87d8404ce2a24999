import type { Position } from './query-error.ts';
import { QueryError } from './query-error.ts';

export type Row = Readonly<Record<string, unknown>>;

/** `dynamic` is JSON: an object, or what a path leads to in one. The members that are here hold strings. */
export type ColumnType = 'string' | 'long' | 'bool' | 'dynamic';

/** The columns an expression may name, in their order. */
export type Columns = ReadonlyMap<string, ColumnType>;

/** A part of a query, bound to the columns of its table. */
export interface Expression {
  readonly type: ColumnType;
  readonly at: Position;
  /** What KQL calls the column that is made of it, if it has a name for it. */
  readonly name?: string;
  /** Set for a literal. */
  readonly literal?: unknown;
  of(row: Row): unknown;
}

/** Text as KQL's string operators see it: what is not there is empty. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The expression if it has one of the types. Throws a QueryError otherwise. */
export function typed(expression: Expression, ...types: ColumnType[]): Expression {
  if (types.includes(expression.type)) return expression;
  const found = `Expected ${types.join(' or ')}, found ${expression.type}.`;
  throw new QueryError('SemanticError', found, expression.at);
}
