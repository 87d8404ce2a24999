import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { httpLoad } from '../http/http-load.ts';
import type { Stage } from '../stage.ts';
import { contenders, openArena } from './contenders.ts';
import { operationAims } from './one-operation.ts';
import { listAfter, pageSize } from './operations.ts';
import { firstTokens } from './page-tokens.ts';

/** What a section is about: how many pages are asked for, one after the other. */
export type Pages = { name: string; question: string; rows: number; pages: number };

/** Many pages in turn, asked of everybody: hardly ever is the same one asked for twice at a time. */
export function listPages({ name, question, rows, pages }: Pages): Section {
  const prepare = (stage: Stage) => lineup(stage, rows, pages);
  return contest({ name, question, size: contenders.length, aims: operationAims, prepare });
}

async function lineup(stage: Stage, rows: number, pages: number): Promise<Lineup> {
  const { database, running, notes } = await openArena(stage, rows);
  const entrants = [];
  for (const contender of running) {
    const tokens = await firstTokens(stage, contender, pages);
    const load = httpLoad(...tokens.map((token, page) => listAfter(token, page * pageSize)));
    entrants.push({ name: contender.name, server: contender.server, load, database: database.usage });
  }
  return { entrants, notes };
}
