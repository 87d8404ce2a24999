import { comparison, isComparison, MEMBERSHIPS, membership } from './comparison.ts';
import { type Columns, type Expression, typed } from './expression.ts';
import { call } from './functions.ts';
import { QueryError } from './query-error.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokenizer.ts';

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** Reads one expression over the columns: `or` binds loosest, then `and`, then a comparison. Throws a QueryError. */
export function parseExpression(reader: TokenReader, columns: Columns): Expression {
  const left = conjunction(reader, columns);
  if (!reader.accept('or')) return left;
  const [first, second] = [typed(left, 'bool'), typed(parseExpression(reader, columns), 'bool')];
  return { type: 'bool', at: first.at, of: (row) => first.of(row) === true || second.of(row) === true };
}

function conjunction(reader: TokenReader, columns: Columns): Expression {
  const left = compared(reader, columns);
  if (!reader.accept('and')) return left;
  const [first, second] = [typed(left, 'bool'), typed(conjunction(reader, columns), 'bool')];
  return { type: 'bool', at: first.at, of: (row) => first.of(row) === true && second.of(row) === true };
}

function compared(reader: TokenReader, columns: Columns): Expression {
  const left = operand(reader, columns);
  const operator = reader.next;
  if (MEMBERSHIPS.has(operator.text)) {
    reader.take();
    reader.expect('(');
    const members = reader.list(() => operand(reader, columns));
    reader.expect(')');
    return membership(operator.text, left, members);
  }
  if (!isComparison(operator.text)) return left;
  reader.take();
  return comparison(operator.text, left, operand(reader, columns));
}

function operand(reader: TokenReader, columns: Columns): Expression {
  const token = reader.take();
  if (token.kind === 'string') return literal(token, 'string', token.value);
  if (token.kind === 'number') return literal(token, 'long', Number(token.value));
  if (token.text === '(' && token.kind === 'symbol') {
    const inner = parseExpression(reader, columns);
    reader.expect(')');
    return inner;
  }
  if (token.kind !== 'name') throw new QueryError('ParserFailure', 'ParserFailure', token);
  if (token.text === 'true' || token.text === 'false') return literal(token, 'bool', token.text === 'true');
  if (!reader.accept('(')) return path(token, reader, columns);
  const argument = parseExpression(reader, columns);
  reader.expect(')');
  return call(token, argument);
}

function literal(at: Token, type: Expression['type'], value: unknown): Expression {
  return { type, at, literal: value, of: () => value };
}

/** A column, and the members of its JSON that follow: `tags.env`, `tags['cost-centre']`. */
function path(column: Token, reader: TokenReader, columns: Columns): Expression {
  const type = columns.get(column.text);
  if (type === undefined) {
    throw new QueryError('SemanticError', `Failed to resolve column '${column.text}'.`, column);
  }
  const members: string[] = [];
  for (let member = nextMember(reader); member !== undefined; member = nextMember(reader)) members.push(member);
  if (members.length > 0 && type !== 'dynamic') {
    throw new QueryError('SemanticError', `'${column.text}' is a ${type} and has no members.`, column);
  }
  const of: Expression['of'] = (row) => members.reduce(memberOf, row[column.text]);
  // A member that is no identifier would give a column a name that is not sure here.
  const named = members.every((member) => IDENTIFIER.test(member)) ? { name: [column.text, ...members].join('_') } : {};
  return { type, at: column, ...named, of };
}

function nextMember(reader: TokenReader): string | undefined {
  if (reader.accept('.')) return reader.name();
  if (!reader.accept('[')) return undefined;
  if (reader.next.kind !== 'string') throw reader.unexpected('string literal');
  const member = reader.take().value;
  reader.expect(']');
  return member;
}

function memberOf(value: unknown, member: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, member);
  return isObject ? (value as Record<string, unknown>)[member] : undefined;
}
