import { type Position, QueryError } from './query-error.ts';

export interface Token extends Position {
  readonly kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  /** What a string literal stands for; otherwise the text. */
  readonly value: string;
}

const SPACE = /(?:\s+|\/\/[^\n]*)+/y;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' };

// The longest first. A name may hold a hyphen only where KQL has one: in the operators of the project family.
const RULES: readonly (readonly [Token['kind'], RegExp])[] = [
  ['symbol', /!(?:in~?|contains(?:_cs)?|startswith(?:_cs)?|endswith(?:_cs)?|has(?:_cs)?)(?!\w)|in~/y],
  ['name', /project-(?:away|keep|rename|reorder)|[A-Za-z_]\w*/y],
  ['number', /\d+(?![\w.])/y],
  ['string', /@?'[^'\n]*'|@?"[^"\n]*"/y],
  ['symbol', /==|=~|!=|!~|<=|>=|[=<>()[\],|.]/y],
];
const ESCAPED_STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;

/** Cuts a query into tokens, the last of them the end. Throws a QueryError at the first character that begins none. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let offset = spaceAt(query, 0);
  while (offset < query.length) {
    const [kind, text] = tokenAt(query, offset);
    const at = { ...placeOf(query, offset), text };
    tokens.push({ ...at, kind, value: kind === 'string' ? unquoted(text, at) : text });
    offset = spaceAt(query, offset + text.length);
  }
  return [...tokens, { ...placeOf(query, offset), kind: 'end', text: '<EOF>', value: '' }];
}

function tokenAt(query: string, offset: number): [Token['kind'], string] {
  const escaped = match(ESCAPED_STRING, query, offset);
  if (escaped !== undefined) return ['string', escaped];
  for (const [kind, rule] of RULES) {
    const text = match(rule, query, offset);
    if (text !== undefined) return [kind, text];
  }
  const rest = /^\S+/.exec(query.slice(offset))?.[0] ?? '';
  throw new QueryError('ParserFailure', 'ParserFailure', { ...placeOf(query, offset), text: rest });
}

function unquoted(text: string, at: Position): string {
  // A verbatim string knows no escapes.
  if (text.startsWith('@')) return text.slice(2, -1);
  return text.slice(1, -1).replaceAll(/\\(.)/g, (_, letter: string) => {
    const meant = ESCAPES[letter];
    if (meant === undefined) throw new QueryError('ParserFailure', `Unknown escape '\\${letter}'.`, at);
    return meant;
  });
}

function spaceAt(query: string, offset: number): number {
  return offset + (match(SPACE, query, offset)?.length ?? 0);
}

function match(rule: RegExp, query: string, offset: number): string | undefined {
  rule.lastIndex = offset;
  return rule.exec(query)?.[0];
}

function placeOf(query: string, offset: number): { line: number; character: number } {
  const before = query.slice(0, offset).split('\n');
  return { line: before.length, character: before.at(-1)?.length ?? 0 };
}
