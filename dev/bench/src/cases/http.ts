import { fileURLToPath } from 'node:url';
import type { BenchCase, Contestant } from '../bench-case.ts';
import { httpLoad } from '../http/http-load.ts';

const path = '/pizza';

/** What every service pays for logs, metrics, probes, trace ids, security headers and one shape of errors. */
export const http: BenchCase = {
  name: 'http',
  question: 'What does chassis cost over bare fastify, answering a small JSON to GET?',
  operation: 'request',
  contestants: [
    contestant('bare fastify', 'bare-fastify.ts'),
    contestant('bare node:http', 'node-http.ts'),
    contestant('chassis', 'chassis.ts', 'info'),
    contestant('chassis without its log', 'chassis.ts', 'silent'),
  ],
  load: httpLoad({ path, body: JSON.stringify({ name: 'margherita', slices: 8 }) }),
};

function contestant(name: string, server: string, ...args: readonly string[]): Contestant {
  const program = fileURLToPath(new URL(`../servers/${server}`, import.meta.url));
  return {
    name,
    readyPath: path,
    command: (port) => ({ program: process.execPath, args: [program, String(port), ...args] }),
  };
}
