import { cpuSecond, type Sample, type Series } from './measure.ts';
import { figure, ratios, type Summary, summarize } from './statistics.ts';
import { alignColumns } from './table.ts';

type Column = readonly [title: string, key: keyof Sample];

const columns: readonly Column[] = [
  ['CPU µs each', 'cpuMicroseconds'],
  ['of it database', 'databaseMicroseconds'],
  ['p50 ms', 'p50'],
  ['p99 ms', 'p99'],
  ['rate 1/s', 'perSecond'],
  ['cores busy', 'cores'],
  ['RSS MiB', 'rssMebibytes'],
];

/** The measured figures as lines of a table, a line for each entrant. Where no range is given it is the median. */
export function reportTable(series: readonly Series[]): string[] {
  const present = columns.filter(([, key]) => series.some((one) => valuesOf(one, key).length > 0));
  const titles = ['median', 'min..max', 'ratio', 'min..max', ...present.map(([title]) => title)];
  return alignColumns([
    [`requests per ${cpuSecond(series)}:`, ...titles],
    ...series.map((one) => rowOf(one, series[0] ?? one, present)),
  ]);
}

function rowOf(series: Series, first: Series, present: readonly Column[]): string[] {
  const own = summarize(valuesOf(series, 'perCpuSecond'));
  const ratio = ratios(valuesOf(series, 'perCpuSecond'), valuesOf(first, 'perCpuSecond'));
  const compared = series === first ? ['1', ''] : [figure(ratio.median), rangeOf(ratio)];
  const rest = present.map(([, key]) => figure(summarize(valuesOf(series, key)).median));
  return [`  ${series.name}`, figure(own.median), rangeOf(own), ...compared, ...rest];
}

function valuesOf({ samples }: Series, key: keyof Sample): number[] {
  return samples.flatMap((sample) => sample[key] ?? []);
}

function rangeOf({ min, max }: Summary): string {
  return `${figure(min)}..${figure(max)}`;
}
