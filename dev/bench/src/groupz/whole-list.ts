import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { httpLoad } from '../http/http-load.ts';
import { sameJson } from '../http/same-json.ts';
import type { Entrant } from '../measure.ts';
import type { Stage } from '../stage.ts';
import { startAzure } from './azure.ts';
import { bareName, bareNode, express, fastify, goServers, preparedGoName } from './peers.ts';
import { recordAnswer } from './recorded-answer.ts';
import { service, serviceName } from './service.ts';

/** A list without a filter, of a tenant with so many groups in one subscription. */
export function wholeList(name: string, path: string, groups: number): Section {
  return contest({
    name,
    question: `GET ${path} of ${groups} groups`,
    size: 6,
    aims: [
      { entrant: serviceName, atLeast: 0.9, of: bareName },
      { entrant: serviceName, atLeast: 1, of: preparedGoName },
    ],
    prepare: (stage) => lineup(stage, path, groups),
  });
}

async function lineup(stage: Stage, path: string, groups: number): Promise<Lineup> {
  const azure = await startAzure(stage, { groups, subscriptions: 1 });
  const own = await stage.start(service(azure));
  const answer = await recordAnswer(stage, own, { path });
  const load = httpLoad({ path, faultOf: sameJson(answer.body) });
  const bare = { name: bareName, server: await stage.start(bareNode(answer)), load };
  const entrants: Entrant[] = [bare, { name: serviceName, server: own, load }];
  const { contestants, notes } = await goServers(stage, answer);
  for (const peer of [fastify(answer), express(answer), ...contestants]) {
    entrants.push({ name: peer.name, server: await stage.start(peer), load });
  }
  return { entrants, notes: [`The answer has ${answer.body.length} bytes.`, ...notes] };
}
