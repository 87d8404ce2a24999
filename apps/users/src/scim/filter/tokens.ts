import { quoted, Refusal, type ScimType } from '../refusal.ts';

/** A word of a filter or a path, and where it begins: 1 is the first character. */
export interface Token {
  kind: 'word' | 'text' | 'number' | 'mark' | 'end';
  text: string;
  at: number;
}

// Each is tried at one place only, so that no text makes it slow.
const kinds = {
  word: /[A-Za-z$][\w$.:-]*/y,
  text: /"(?:[^"\\]|\\.)*"/y,
  number: /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  mark: /[()[\]]/y,
} as const;
const blank = /\s*/y;
const subAttribute = /\.(?=[A-Za-z$])/y;

/**
 * Takes a filter apart (RFC 7644, figure 1).
 * @throws Refusal of the given type for a character that begins nothing
 */
export function tokensOf(source: string, fault: ScimType): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index;
    return pattern.exec(source)?.[0];
  };
  while (true) {
    // `emails[type eq "work"].value`: the dot belongs to no word.
    const dot = tokens.at(-1)?.text === ']' ? match(subAttribute) : undefined;
    index += dot ? 0 : (match(blank)?.length ?? 0);
    if (index === source.length) break;
    const [kind, text] = dot ? (['mark', dot] as const) : next(match);
    if (!text) throw new Refusal(fault, `${quoted(source.slice(index))} at character ${index + 1} begins nothing.`);
    tokens.push({ kind, text, at: index + 1 });
    index += text.length;
  }
  return [...tokens, { kind: 'end', text: '', at: source.length + 1 }];
}

function next(match: (pattern: RegExp) => string | undefined): [kind: Token['kind'], text: string] {
  for (const kind of ['word', 'text', 'number', 'mark'] as const) {
    const text = match(kinds[kind]);
    if (text) return [kind, text];
  }
  return ['end', ''];
}
