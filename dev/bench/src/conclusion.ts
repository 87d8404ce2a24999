import { cpuSecond, type Series } from './measure.ts';
import { figure, overlap, ratios, summarize } from './statistics.ts';

/** With fewer rounds, ranges that do not touch are nothing unusual among equals. */
const enoughRounds = 3;

/**
 * The outcome in one sentence, on requests per CPU-second: throughput and latency of a closed loop depend on the client
 * too. A difference counts only if all rounds of one lie beyond all rounds of the other.
 */
export function conclude(series: readonly Series[], { resolutionSeconds }: { resolutionSeconds: number }): string {
  const [first, ...others] = series;
  if (!first || others.length === 0) return 'There is nothing to compare.';
  const rounds = first.samples.length;
  if (rounds < enoughRounds) return `No conclusion: ${rounds} of the ${enoughRounds} rounds that it takes at least.`;
  const shortest = Math.min(...series.flatMap(({ samples }) => samples.map(({ cpuSeconds }) => cpuSeconds)));
  if (shortest < 10 * resolutionSeconds) {
    return `No conclusion: a round took ${figure(shortest)} s of CPU, read in steps of ${resolutionSeconds} s; try more --seconds.`;
  }
  const comparisons = others.map((other) => compare(other, first));
  return `Requests per ${cpuSecond(series)}, against ${first.name} (${rangeOf(first)}): ${comparisons.join('; ')}.`;
}

function compare(other: Series, first: Series): string {
  const [values, baseline] = [valuesOf(other), valuesOf(first)];
  if (overlap(summarize(values), summarize(baseline))) {
    return `${other.name} no difference beyond noise (${rangeOf(other)})`;
  }
  return `${other.name} ${figure(ratios(values, baseline).median)}x (${rangeOf(other)})`;
}

function rangeOf(series: Series): string {
  const { min, max } = summarize(valuesOf(series));
  return `${figure(min)}..${figure(max)}`;
}

function valuesOf({ samples }: Series): number[] {
  return samples.map(({ perCpuSecond }) => perCpuSecond);
}
