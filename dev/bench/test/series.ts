import type { Sample, Series } from '../src/measure.ts';

/** Rounds with so many requests per CPU-second; each took one second of CPU. */
export function seriesOf(name: string, perCpuSecond: readonly number[]): Series {
  const rest = { perSecond: 1000, cpuSeconds: 1, cores: 0.5, p50: 1, p99: 2, rssMebibytes: 64 };
  const sampleOf = (value: number): Sample => ({ ...rest, perCpuSecond: value, cpuMicroseconds: 1e6 / value });
  return { name, samples: perCpuSecond.map(sampleOf) };
}
