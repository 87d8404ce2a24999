import { QueryError } from './query-error.ts';
import { type Token, tokenize } from './tokenizer.ts';

/** Each of these is a step down for the parser, and no deeper than its stack. */
const NESTING = new Set(['(', 'and', 'or']);
const MOST_NESTED = 500;

/** Walks over the tokens of a query, one look ahead. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(query: string) {
    this.#tokens = tokenize(query);
    const deep = this.#tokens.filter(({ text }) => NESTING.has(text))[MOST_NESTED];
    if (deep) throw new QueryError('ParserFailure', `More than ${MOST_NESTED} conditions are not emulated.`, deep);
  }

  get next(): Token {
    return this.#token(this.#at);
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is this name or symbol. */
  accept(text: string): boolean {
    if (!this.#is(this.next, text)) return false;
    this.#at += 1;
    return true;
  }

  /** Whether the name that comes next is given something: `name =`. */
  get isAssignment(): boolean {
    return this.next.kind === 'name' && this.#is(this.#token(this.#at + 1), '=');
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(text);
  }

  name(): string {
    if (this.next.kind !== 'name') throw this.unexpected('name');
    return this.take().text;
  }

  /** One or more, with commas between them. */
  list<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.accept(',')) items.push(read());
    return items;
  }

  unexpected(wanted?: string): QueryError {
    const hint = wanted === undefined ? '' : ` Expected: ${wanted}.`;
    return new QueryError('ParserFailure', `ParserFailure.${hint}`, this.next);
  }

  #is(token: Token, text: string): boolean {
    return token.text === text && (token.kind === 'name' || token.kind === 'symbol');
  }

  #token(index: number): Token {
    const token = this.#tokens[Math.min(index, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('A query has an end.');
    return token;
  }
}
