import type { Series } from './measure.ts';
import { figure, ratios, type Summary, summarize } from './statistics.ts';

/** What an entrant is meant to reach: a part of what another one does per CPU-second, or a bound of its CPU per request. */
export type Aim = { entrant: string } & ({ atLeast: number; of: string } | { belowMicroseconds: number });

/** Whether the aim is met, by the median of all rounds, with the figures to see how clearly. */
export function judge(aim: Aim, series: readonly Series[]): string {
  const own = find(aim.entrant, series);
  if ('belowMicroseconds' in aim) {
    const cpu = summarize(own.map(({ cpuMicroseconds }) => cpuMicroseconds));
    const goal = `${aim.entrant} below ${aim.belowMicroseconds} µs of CPU per request`;
    return verdict(goal, cpu.median < aim.belowMicroseconds, cpu);
  }
  const rates = [own, find(aim.of, series)].map((samples) => samples.map(({ perCpuSecond }) => perCpuSecond));
  const ratio = ratios(rates[0] ?? [], rates[1] ?? []);
  const goal = `${aim.entrant} at least ${figure(aim.atLeast)} of ${aim.of}`;
  return verdict(goal, ratio.median >= aim.atLeast, ratio);
}

function find(name: string, series: readonly Series[]): Series['samples'] {
  return series.find((one) => one.name === name)?.samples ?? [];
}

function verdict(goal: string, isMet: boolean, { median, min, max }: Summary): string {
  if (Number.isNaN(median)) return `Aim: ${goal}: not measured.`;
  return `Aim: ${goal}: ${isMet ? 'met' : 'missed'}, ${figure(median)} (${figure(min)}..${figure(max)}).`;
}
