/** A media range of an `Accept` header, and how much it is wanted, from 0 to 1. */
interface Wish {
  range: string;
  weight: number;
}

/**
 * Which of the media types that can be offered an `Accept` header wants most (RFC 9110, section 12.5.1): the first of
 * them where it has no preference, `undefined` where it wants none. Parameters other than the weight are overlooked.
 */
export function preferredType<T extends string>(accept: string | undefined, offered: readonly T[]): T | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const wishes = partsOf(accept, ',').map(readWish);
  const weights = offered.map((type) => weightOf(type, wishes));
  const most = Math.max(...weights);
  return most > 0 ? offered[weights.indexOf(most)] : undefined;
}

/** The most specific range that matches decides, whatever the others say. */
function weightOf(type: string, wishes: readonly Wish[]): number {
  const ranges = [type, `${type.split('/', 1)[0]}/*`, '*/*'];
  const [wish] = ranges.flatMap((range) => wishes.find((candidate) => candidate.range === range) ?? []);
  return wish?.weight ?? 0;
}

function readWish(text: string): Wish {
  const [range = '', ...parameters] = partsOf(text, ';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (weight === undefined) return { range, weight: 1 };
  return { range, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
}

/** Splits at a separator outside of quoted strings. */
function partsOf(text: string, separator: ',' | ';'): readonly string[] {
  const part = separator === ',' ? /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g : /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;
  return text.match(part) ?? [];
}
