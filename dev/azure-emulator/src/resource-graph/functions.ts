import { type ColumnType, type Expression, textOf, typed } from './expression.ts';
import { QueryError } from './query-error.ts';
import type { Token } from './tokenizer.ts';

interface KqlFunction {
  readonly takes: readonly ColumnType[];
  readonly gives: ColumnType;
  apply(value: unknown): unknown;
}

const TEXT = ['string', 'dynamic'] as const;
const isEmpty = (value: unknown): boolean => textOf(value) === '';
const isNull = (value: unknown): boolean => value === undefined || value === null;

/** The functions that are emulated, each of one argument. */
export const FUNCTIONS: ReadonlyMap<string, KqlFunction> = new Map<string, KqlFunction>([
  ['not', { takes: ['bool'], gives: 'bool', apply: (value) => value !== true }],
  ['tolower', { takes: TEXT, gives: 'string', apply: (value) => textOf(value).toLowerCase() }],
  ['toupper', { takes: TEXT, gives: 'string', apply: (value) => textOf(value).toUpperCase() }],
  ['tostring', { takes: [...TEXT, 'long', 'bool'], gives: 'string', apply: textOf }],
  ['isempty', { takes: TEXT, gives: 'bool', apply: isEmpty }],
  ['isnotempty', { takes: TEXT, gives: 'bool', apply: (value) => !isEmpty(value) }],
  // A string is never null in KQL.
  ['isnull', { takes: ['dynamic'], gives: 'bool', apply: isNull }],
  ['isnotnull', { takes: ['dynamic'], gives: 'bool', apply: (value) => !isNull(value) }],
]);

/** `function(argument)`. Throws a QueryError for a function that is not known here. */
export function call(name: Token, argument: Expression): Expression {
  const known = FUNCTIONS.get(name.text);
  if (known === undefined) {
    throw new QueryError('InvalidQueryLanguage', `The function '${name.text}' is not emulated.`, name);
  }
  const checked = typed(argument, ...known.takes);
  // KQL names a column after what tostring() was given; for the others it counts: Column1.
  const kept = name.text === 'tostring' && checked.name !== undefined ? { name: checked.name } : {};
  return { type: known.gives, at: name, ...kept, of: (row) => known.apply(checked.of(row)) };
}
