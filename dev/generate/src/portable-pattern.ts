import type { JsonObject } from './json.ts';

const controls = '\\x00-\\x1F\\x7F';
const lastAscii = 0x7f;

// Without one more passes, too. RE2, which gateways written in Go use, has none.
const lookahead = /\(\?=(?:\\.|[^()\\])*\)/g;
const notPortable = /\\[pPu]|\(\?[=!<]/;

/**
 * Renders the `pattern` of a schema for engines other than ours: 3.0 speaks of ECMAScript 5, which takes `\p{Cc}` for
 * the letters p and C, and PCRE knows no `\u`. So what a class rules out is told in ASCII, which all read alike: more
 * passes then. Where that does not do, there is no pattern.
 */
export function portablePattern(pattern: string): JsonObject {
  const portable = pattern
    .replaceAll(lookahead, '')
    .replaceAll(/\[\^((?:\\.|[^\]\\])*)\]/g, (_class, ruledOut: string) => ruleOut(ruledOut));
  return notPortable.test(portable) ? {} : { pattern: portable };
}

/** A class of all but these. Nothing to rule out is `[\s\S]`: an empty class means different things to different engines. */
function ruleOut(characters: string): string {
  const ascii = characters
    .replaceAll('\\p{Cc}', controls)
    .replaceAll(/\\p\{(?:Cs|Zl|Zp|Co|Cn)\}/g, '')
    .replaceAll(/\\u([0-9a-fA-F]{4})(?:-\\u([0-9a-fA-F]{4}))?/g, (_range, first: string, last = first) =>
      range(Number.parseInt(first, 16), Number.parseInt(last, 16)),
    );
  return ascii === '' ? '[\\s\\S]' : `[^${ascii}]`;
}

function range(first: number, last: number): string {
  if (first > lastAscii) return '';
  const end = Math.min(last, lastAscii);
  return first === end ? escaped(first) : `${escaped(first)}-${escaped(end)}`;
}

function escaped(code: number): string {
  return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}
