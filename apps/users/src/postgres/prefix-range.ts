const [lastCodePoint, firstSurrogate, afterSurrogates] = [0x10ffff, 0xd800, 0xe000];

/**
 * The first text after all that begin with this one, by code points as UTF-8 and collation "C" order them. With both
 * ends bound as parameters an index can be used, which a pattern allows only when it is planned anew each time.
 * `undefined` where nothing comes after them.
 */
export function firstAfterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (each) => each.codePointAt(0) ?? 0);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  const next = last + 1 === firstSurrogate ? afterSurrogates : last + 1;
  return String.fromCodePoint(...points, next);
}
