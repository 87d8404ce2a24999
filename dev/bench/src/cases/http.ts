import { fileURLToPath } from 'node:url';
import type { BenchCase, Contestant } from '../bench-case.ts';
import { contest } from '../contest.ts';
import { sameBytes } from '../http/exchange.ts';
import { httpLoad } from '../http/http-load.ts';
import type { Stage } from '../stage.ts';

const path = '/pizza';
const load = httpLoad({ path, faultOf: sameBytes(JSON.stringify({ name: 'margherita', slices: 8 })) });

const contestants = [
  contestant('bare fastify', 'bare-fastify.ts'),
  contestant('bare node:http', 'node-http.ts'),
  contestant('chassis', 'chassis.ts', 'info'),
  contestant('chassis without its log', 'chassis.ts', 'silent'),
];

/** What every service pays for logs, metrics, probes, trace ids, security headers and one shape of errors. */
export const http: BenchCase = {
  name: 'http',
  question: 'What does chassis cost over bare fastify, answering a small JSON to GET?',
  defaults: { rounds: 5, seconds: 4, connections: 50 },
  sections: [contest({ name: 'small-json', question: `GET ${path}`, size: contestants.length, prepare })],
};

async function prepare(stage: Stage) {
  const entrants = [];
  for (const one of contestants) entrants.push({ name: one.name, server: await stage.start(one), load });
  return { entrants };
}

function contestant(name: string, server: string, ...args: readonly string[]): Contestant {
  const program = fileURLToPath(new URL(`../servers/${server}`, import.meta.url));
  return {
    name,
    readyPath: path,
    command: (port) => ({ program: process.execPath, args: [program, String(port), ...args] }),
  };
}
