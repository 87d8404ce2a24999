import type { RecordableHistogram } from 'node:perf_hooks';
import type { Latency } from '../bench-case.ts';

/** Collects times in a histogram, in microseconds. */
export function recordTime(histogram: RecordableHistogram, milliseconds: number): void {
  histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
}

/** What a histogram of microseconds says, in milliseconds. */
export function latencyOf(histogram: RecordableHistogram): Latency {
  return { p50: histogram.percentile(50) / 1000, p99: histogram.percentile(99) / 1000 };
}

/** Faults by what they say, each with how often it was met. */
export function countFaults(): { add: (text: string) => void; list: () => string[] } {
  const faults = new Map<string, number>();
  return {
    add: (text) => void faults.set(text, (faults.get(text) ?? 0) + 1),
    list: () => [...faults].map(([text, count]) => `${count} ${text}`),
  };
}
