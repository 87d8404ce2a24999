const word = /\s*("(?:\\.|[^"\\])*"|'(?:\\'|[^'])*'|[^\s"']+)(?=\s|$)/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** Splits a typed line into words; quotes hold words together. `undefined` when a quote is not closed. */
export function splitInline(line: string): string[] | undefined {
  const words: string[] = [];
  word.lastIndex = 0;
  for (let end = 0; end < line.length; end = word.lastIndex) {
    const found = word.exec(line)?.[1];
    if (found === undefined) return undefined;
    words.push(unquote(found));
  }
  return words;
}

function unquote(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("\\'", "'");
  if (!text.startsWith('"')) return text;
  return text
    .slice(1, -1)
    .replaceAll(/\\(?:x([0-9a-f]{2})|(.))/gi, (_, hex?: string, char = '') =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[char] ?? char),
    );
}
