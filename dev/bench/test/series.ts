import type { Series } from '../src/measure.ts';

/** Rounds with the given CPU per operation; each took one second of CPU. */
export function seriesOf(name: string, cpuMicroseconds: readonly number[]): Series {
  const rest = { perSecond: 1000, cpuSeconds: 1, p50: 1, p99: 2, rssMebibytes: 64 };
  return { name, samples: cpuMicroseconds.map((value) => ({ ...rest, cpuMicroseconds: value })) };
}
