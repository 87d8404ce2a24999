import { type Expression, textOf, typed } from './expression.ts';
import { QueryError } from './query-error.ts';

type TextTest = (actual: string, wanted: string) => boolean;

const lower = (test: TextTest): TextTest => {
  return (actual, wanted) => test(actual.toLowerCase(), wanted.toLowerCase());
};
const negated = (test: TextTest): TextTest => {
  return (actual, wanted) => !test(actual, wanted);
};
const same: TextTest = (actual, wanted) => actual === wanted;
const contains: TextTest = (actual, wanted) => actual.includes(wanted);
const startsWith: TextTest = (actual, wanted) => actual.startsWith(wanted);
const endsWith: TextTest = (actual, wanted) => actual.endsWith(wanted);

const POSITIVE: Record<string, TextTest> = {
  contains: lower(contains),
  contains_cs: contains,
  startswith: lower(startsWith),
  startswith_cs: startsWith,
  endswith: lower(endsWith),
  endswith_cs: endsWith,
  has: lower(hasTerm),
  has_cs: hasTerm,
};

/** KQL's operators on strings. Those in words ignore case, but for `_cs`; `==` and `in` do not. */
const TEXT_TESTS: ReadonlyMap<string, TextTest> = new Map([
  ['==', same],
  ['!=', negated(same)],
  ['=~', lower(same)],
  ['!~', negated(lower(same))],
  ...Object.entries(POSITIVE),
  ...Object.entries(POSITIVE).map(([name, test]) => [`!${name}`, negated(test)] as const),
]);

const NUMBER_TESTS: ReadonlyMap<string, (actual: number, wanted: number) => boolean> = new Map([
  ['==', (actual, wanted) => actual === wanted],
  ['!=', (actual, wanted) => actual !== wanted],
  ['<', (actual, wanted) => actual < wanted],
  ['<=', (actual, wanted) => actual <= wanted],
  ['>', (actual, wanted) => actual > wanted],
  ['>=', (actual, wanted) => actual >= wanted],
]);

export const MEMBERSHIPS: ReadonlyMap<string, { readonly test: TextTest; readonly wanted: boolean }> = new Map([
  ['in', { test: same, wanted: true }],
  ['!in', { test: same, wanted: false }],
  ['in~', { test: lower(same), wanted: true }],
  ['!in~', { test: lower(same), wanted: false }],
]);

export function isComparison(operator: string): boolean {
  return TEXT_TESTS.has(operator) || NUMBER_TESTS.has(operator);
}

/** `left operator right`. Throws a QueryError for an operator that the types of its sides do not have. */
export function comparison(operator: string, left: Expression, right: Expression): Expression {
  if (left.type === 'long') return numberComparison(operator, left, typed(right, 'long'));
  for (const side of [left, right]) typed(side, 'string', 'dynamic');
  const test = TEXT_TESTS.get(operator);
  if (test === undefined) throw new QueryError('SemanticError', `Strings have no operator '${operator}'.`, left.at);
  return { type: 'bool', at: left.at, of: (row) => test(textOf(left.of(row)), textOf(right.of(row))) };
}

function numberComparison(operator: string, left: Expression, right: Expression): Expression {
  const test = NUMBER_TESTS.get(operator);
  if (test === undefined) throw new QueryError('SemanticError', `Numbers have no operator '${operator}'.`, left.at);
  return { type: 'bool', at: left.at, of: (row) => test(Number(left.of(row)), Number(right.of(row))) };
}

/** `left in (…)` and its relatives. */
export function membership(operator: string, left: Expression, members: readonly Expression[]): Expression {
  for (const side of [left, ...members]) typed(side, 'string', 'dynamic');
  const { test, wanted } = MEMBERSHIPS.get(operator) ?? { test: same, wanted: true };
  const isMember = (text: string, row: Parameters<Expression['of']>[0]) =>
    members.some((member) => test(text, textOf(member.of(row))));
  return { type: 'bool', at: left.at, of: (row) => isMember(textOf(left.of(row)), row) === wanted };
}

/** Whether the text holds the words as whole terms: no letter or digit touches them. */
function hasTerm(actual: string, wanted: string): boolean {
  const escaped = RegExp.escape(wanted);
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').test(actual);
}
