import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { httpLoad } from '../http/http-load.ts';
import type { Stage } from '../stage.ts';
import { contenders, openArena, serviceName } from './contenders.ts';
import { listAfter, pageSize } from './operations.ts';
import { tokenAfter } from './page-tokens.ts';

/** What a section is about: which page, counted from 1, is compared with the first. */
export type Depth = { name: string; question: string; rows: number; page: number };

/** The first page and a deep one, asked of everybody in turn. Where the cost grows with depth, the ratio is below 1. */
export function deepList({ name, question, rows, page }: Depth): Section {
  const aims = [{ entrant: `${serviceName}, page ${page}`, atLeast: 0.9, of: `${serviceName}, page 1` }];
  const prepare = (stage: Stage) => lineup(stage, rows, page);
  return contest({ name, question, size: 2 * contenders.length, groupSize: 2, aims, prepare });
}

async function lineup(stage: Stage, rows: number, page: number): Promise<Lineup> {
  const { database, running, notes } = await openArena(stage, rows);
  const skipped = (page - 1) * pageSize;
  const entrants = [];
  for (const contender of running) {
    const pages = [
      { at: 1, exchange: listAfter('', 0) },
      { at: page, exchange: listAfter(await tokenAfter(stage, contender, skipped), skipped) },
    ];
    for (const { at, exchange } of pages) {
      const { name, server } = contender;
      entrants.push({ name: `${name}, page ${at}`, server, load: httpLoad(exchange), database: database.usage });
    }
  }
  return { entrants, notes };
}
