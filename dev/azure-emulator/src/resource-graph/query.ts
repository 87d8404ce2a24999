import { OPERATORS, type Table } from './operators.ts';
import { QueryError } from './query-error.ts';
import { TokenReader } from './token-reader.ts';

interface QueryResult extends Table {
  /** Whether the query says itself how many rows it wants; the service then cuts no pages. */
  readonly limited: boolean;
}

/**
 * Runs a query in the part of KQL that is emulated over the tables, named in lower case. Throws a QueryError for
 * everything else.
 */
export function runQuery(query: string, tables: ReadonlyMap<string, () => Table>): QueryResult {
  const reader = new TokenReader(query);
  let table = tableOf(reader, tables)();
  let limited = false;
  while (reader.next.kind !== 'end') {
    reader.expect('|');
    const token = reader.next;
    const operator = OPERATORS.get(reader.name());
    if (operator === undefined) {
      throw new QueryError('InvalidQueryLanguage', `The operator '${token.text}' is not emulated.`, token);
    }
    table = operator(reader, table);
    limited ||= token.text === 'take' || token.text === 'limit';
  }
  return { ...table, limited };
}

function tableOf(reader: TokenReader, tables: ReadonlyMap<string, () => Table>): () => Table {
  const token = reader.next;
  const name = reader.name();
  const table = tables.get(name.toLowerCase());
  if (table !== undefined) return table;
  // A query that begins with an operator is about the resources.
  const meant = OPERATORS.has(name) ? 'Resources' : name;
  throw new QueryError('DisallowedLogicalTableName', `Table ${meant} is invalid, unsupported or disallowed.`, token);
}
