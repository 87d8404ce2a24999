import type { Section } from '../bench-case.ts';
import { contest, type Lineup } from '../contest.ts';
import { type Coding, compressedJson } from '../http/compressed-json.ts';
import { httpLoad } from '../http/http-load.ts';
import type { Stage } from '../stage.ts';
import { startAzure } from './azure.ts';
import { bareName, bareNode, compressingFastify } from './peers.ts';
import { recordAnswer } from './recorded-answer.ts';
import { service, serviceName } from './service.ts';

/** The list in a content coding, `gzip` or `br`: prepared once, or made for every request. */
export function compressedList(name: string, path: string, groups: number): Section {
  return contest({
    name,
    question: `GET ${path} of ${groups} groups, compressed`,
    size: 4,
    aims: [{ entrant: `${serviceName}, gzip`, atLeast: 0.9, of: `${bareName}, gzip` }],
    prepare: (stage) => lineup(stage, path, groups),
  });
}

async function lineup(stage: Stage, path: string, groups: number): Promise<Lineup> {
  const azure = await startAzure(stage, { groups, subscriptions: 1 });
  const own = await stage.start(service(azure));
  const plain = await recordAnswer(stage, own, { path });
  const gzip = await recordAnswer(stage, own, { path, coding: 'gzip' });
  const load = (coding: Coding) =>
    httpLoad({ path, headers: { 'accept-encoding': coding }, faultOf: compressedJson(coding, plain.body) });
  const bare = { name: `${bareName}, gzip`, server: await stage.start(bareNode(gzip)), load: load('gzip') };
  const fastify = await stage.start(compressingFastify(plain));
  const entrants = [
    bare,
    { name: `${serviceName}, gzip`, server: own, load: load('gzip') },
    { name: `${serviceName}, br`, server: own, load: load('br') },
    { name: fastify.name, server: fastify, load: load('gzip') },
  ];
  return { entrants, notes: [`The answer has ${plain.body.length} bytes, and ${gzip.body.length} in gzip.`] };
}
