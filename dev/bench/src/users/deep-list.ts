import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { httpLoad } from '../http/http-load.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { Stage } from '../stage.ts';
import { contenders, openArena, type RunningContender, serviceName } from './contenders.ts';
import { listAfter, pageSize } from './operations.ts';

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

/** The token of the page after so many users; a service that signs its tokens is asked for all the pages before. */
async function tokenAfter(
  stage: Stage,
  { tokenAfter: known, server }: RunningContender,
  users: number,
): Promise<string> {
  if (known) return known(users);
  stage.progress(`turning ${users / pageSize} pages of ${server.name}`);
  let token = '';
  for (let seen = 0; seen < users; seen += pageSize) token = await nextToken(stage, server, token);
  return token;
}

async function nextToken({ signal }: Stage, { name, port }: ServerProcess, token: string): Promise<string> {
  const query = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`;
  const response = await fetch(`http://127.0.0.1:${port}/users?pageSize=${pageSize}${query}`, { signal });
  const { nextPageToken } = (await response.json()) as { nextPageToken?: string };
  if (nextPageToken === undefined) throw new Error(`${name} gave no nextPageToken, but ${response.status}`);
  return nextPageToken;
}
