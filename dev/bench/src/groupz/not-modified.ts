import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { sameBytes } from '../http/exchange.ts';
import { httpLoad } from '../http/http-load.ts';
import type { Entrant } from '../measure.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { Stage } from '../stage.ts';
import { startAzure } from './azure.ts';
import { bareName, bareNode, express } from './peers.ts';
import { recordAnswer } from './recorded-answer.ts';
import { service, serviceName } from './service.ts';

/** A list that the caller has already: every server is asked with the ETag that it gave, and answers 304. */
export function notModified(name: string, path: string, groups: number): Section {
  return contest({
    name,
    question: `GET ${path} of ${groups} groups with If-None-Match: 304`,
    size: 3,
    aims: [{ entrant: serviceName, atLeast: 0.9, of: bareName }],
    prepare: (stage) => lineup(stage, path, groups),
  });
}

async function lineup(stage: Stage, path: string, groups: number): Promise<Lineup> {
  const azure = await startAzure(stage, { groups, subscriptions: 1 });
  const own = await stage.start(service(azure));
  const answer = await recordAnswer(stage, own, { path });
  const entrants: Entrant[] = [];
  for (const server of [await stage.start(bareNode(answer)), own, await stage.start(express(answer))]) {
    entrants.push(await askAgain(stage, server, path));
  }
  return { entrants, notes: ['Fastify has no ETag without a plugin; Express hashes the JSON of every request.'] };
}

/** Asks for the list once, and then whether it is still the same. */
async function askAgain(stage: Stage, server: ServerProcess, path: string): Promise<Entrant> {
  const { etag } = await recordAnswer(stage, server, { path });
  if (etag === '') throw new Error(`${server.name} gave no ETag`);
  const load = httpLoad({ path, headers: { 'if-none-match': etag }, status: 304, faultOf: sameBytes('') });
  return { name: server.name, server, load };
}
