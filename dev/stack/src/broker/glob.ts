/**
 * Whether a channel or key matches a pattern of Redis: `*`, `?`, `[a-z]`, `[^a]`, and `\` before a literal.
 * Both are bytes, written as Latin-1 text so that each character is one byte.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  // Redis matches an empty text with an empty pattern only, not even with `*`.
  return text === '' ? pattern === '' : compile(pattern).test(text);
}

const compiled = new Map<string, RegExp>();
const mostCompiled = 1000;

function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  if (compiled.size >= mostCompiled) compiled.clear();
  const expression = new RegExp(`^${translate(pattern)}$`, 's');
  compiled.set(pattern, expression);
  return expression;
}

function translate(pattern: string): string {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    if (char === '*') source += source.endsWith('.*') ? '' : '.*';
    else if (char === '?') source += '.';
    else if (char === '[') {
      const [set, end] = translateSet(pattern, at + 1);
      source += set;
      at = end;
    } else {
      if (char === '\\' && at + 1 < pattern.length) at += 1;
      source += literal(pattern[at] ?? '');
    }
  }
  return source;
}

/** Reads a set from behind its `[`; one that is never closed reaches to the end, as in Redis. */
function translateSet(pattern: string, from: number): [set: string, end: number] {
  let at = from;
  const negated = pattern[at] === '^';
  if (negated) at += 1;
  let members = '';
  for (; at < pattern.length && pattern[at] !== ']'; at++) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      at += 1;
      members += literal(pattern[at] ?? '');
    } else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const [low = '', high = ''] = [pattern[at] ?? '', pattern[at + 2] ?? ''].sort();
      members += `${literal(low)}-${literal(high)}`;
      at += 2;
    } else members += literal(pattern[at] ?? '');
  }
  // An empty set matches nothing, an empty negated one anything.
  if (members === '') return [negated ? '.' : '(?!)', at];
  return [`[${negated ? '^' : ''}${members}]`, at];
}

function literal(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
