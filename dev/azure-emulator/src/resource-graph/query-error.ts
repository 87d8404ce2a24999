/** Where in the query something is wrong: the line from 1, the character from 0, as the service counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
  /** As it stands there; `<EOF>` at the end. */
  readonly text: string;
}

/** How the service names the mistake: it cannot be read, it makes no sense, or it is not in the language here. */
type QueryErrorCode = 'ParserFailure' | 'SemanticError' | 'InvalidQueryLanguage' | 'DisallowedLogicalTableName';

/** A query that is not answered. What the evaluator does not know ends here too, never in a wrong answer. */
export class QueryError extends Error {
  readonly code: QueryErrorCode;
  readonly at: Position;

  constructor(code: QueryErrorCode, message: string, at: Position) {
    super(message);
    this.name = 'QueryError';
    this.code = code;
    this.at = at;
  }
}
