/** Several measurements of one thing: the middle one, and how far the others are from it. */
export type Summary = { median: number; min: number; max: number };

/** Condenses the values of all rounds; there must be one at least. */
export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return { median: (below + above) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** Compares round by round, so that a slow minute of the machine weighs on both sides of each ratio. */
export function ratios(values: readonly number[], baseline: readonly number[]): Summary {
  return summarize(values.map((value, round) => value / (baseline[round] ?? Number.NaN)));
}

/** Whether some round of one could as well have been a round of the other. */
export function overlap(a: Summary, b: Summary): boolean {
  return a.min <= b.max && b.min <= a.max;
}

/** A figure with as many digits as anyone wants to read. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
