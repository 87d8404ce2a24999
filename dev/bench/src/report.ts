import type { Sample, Series } from './measure.ts';
import { figure, ratios, type Summary, summarize } from './statistics.ts';

/** The measured figures as lines of a table: a block for each quantity, a line for each contestant. */
export function reportTable(series: readonly Series[], operation: string): string[] {
  const quantities: readonly [title: string, key: keyof Sample][] = [
    [`CPU per ${operation}, µs`, 'cpuMicroseconds'],
    [`${operation} rate, 1/s`, 'perSecond'],
    ['latency p50, ms', 'p50'],
    ['latency p99, ms', 'p99'],
    ['memory (RSS), MiB', 'rssMebibytes'],
  ];
  const rows = quantities.flatMap(([title, key]) => [
    [title, 'median', 'min..max', 'ratio', 'min..max'],
    ...series.map((one) => rowOf(one, series[0] ?? one, key)),
    [],
  ]);
  return alignColumns(rows);
}

function rowOf(series: Series, first: Series, key: keyof Sample): string[] {
  const values = series.samples.map((sample) => sample[key]);
  const own = summarize(values);
  if (series === first) return [`  ${series.name}`, figure(own.median), rangeOf(own), '1', ''];
  const ratio = ratios(
    values,
    first.samples.map((sample) => sample[key]),
  );
  return [`  ${series.name}`, figure(own.median), rangeOf(own), figure(ratio.median), rangeOf(ratio)];
}

function rangeOf({ min, max }: Summary): string {
  return `${figure(min)}..${figure(max)}`;
}

function alignColumns(rows: readonly string[][]): string[] {
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
