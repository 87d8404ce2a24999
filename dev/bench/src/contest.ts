import { type Aim, judge } from './aim.ts';
import type { Options, Section } from './bench-case.ts';
import { conclude } from './conclusion.ts';
import { type Entrant, measure } from './measure.ts';
import { reportTable } from './report.ts';
import type { Stage } from './stage.ts';

/** Servers that do the same work, and the load that makes them do it. */
export type Contest = {
  name: string;
  question: string;
  /** How many servers it has; for the estimate of time. */
  size: number;
  aims?: readonly Aim[];
  /** How many entrants in a row are compared with the first of them; all, where nothing is said. */
  groupSize?: number;
  /** Brings up all that takes part. The first entrant of a group is what its others are compared with. */
  prepare: (stage: Stage) => Promise<Lineup>;
};

/** Who is measured, and what the reader has to know of it: a line each. */
export type Lineup = { entrants: readonly Entrant[]; notes?: readonly string[] };

/** Seconds to start a server and to build what it needs. */
const startSeconds = 1;

/** Makes a section out of a contest: a table, a conclusion, and whether the aim is met. */
export function contest({ name, question, size, aims = [], groupSize, prepare }: Contest): Section {
  return {
    name,
    question,
    estimateSeconds: ({ rounds, seconds }: Options) => size * ((rounds + 1) * seconds + startSeconds),
    async run(stage) {
      const { entrants, notes = [] } = await prepare(stage);
      const series = await measure(entrants, stage);
      const verdicts = aims.map((aim) => judge(aim, series));
      const groups = inGroups(series, groupSize ?? series.length);
      const findings = groups.flatMap((group) => [...reportTable(group), conclude(group, stage.usage)]);
      return [...notes, ...findings, ...verdicts];
    },
  };
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) =>
    all.slice(group * size, (group + 1) * size),
  );
}
