import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { closedLoop } from '../http/http-load.ts';
import type { Stage } from '../stage.ts';
import { contenders, limitName, openArena, serviceName } from './contenders.ts';
import { type Operation, sourceOf } from './operations.ts';
import { orms } from './orms.ts';

/** What a section is about. */
export type Question = { name: string; question: string; rows: number; operation: Operation };

/** The aims of every operation. */
export const operationAims = [
  { entrant: serviceName, atLeast: 0.85, of: limitName },
  ...orms.map(({ name }) => ({ entrant: serviceName, atLeast: 2, of: name })),
];

/** One operation, asked of everybody in turn. */
export function oneOperation({ name, question, rows, operation }: Question): Section {
  const prepare = (stage: Stage) => lineup(stage, rows, operation);
  return contest({ name, question, size: contenders.length, aims: operationAims, prepare });
}

async function lineup(stage: Stage, rows: number, operation: Operation): Promise<Lineup> {
  const { database, running, notes } = await openArena(stage, rows);
  const entrants = running.map(({ name, server, table }) => ({
    name,
    server,
    load: closedLoop((port) => sourceOf(operation, port)),
    database: database.usage,
    rest: () => database.restore(table),
  }));
  return { entrants, notes };
}
