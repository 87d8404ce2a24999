import { fileURLToPath } from 'node:url';
import type { Contestant } from '../bench-case.ts';
import { buildGo } from '../go/go-build.ts';
import type { Stage } from '../stage.ts';
import type { RecordedAnswer } from './recorded-answer.ts';

/** What others are compared with, as the tables name them. */
export const [bareName, preparedGoName] = ['bare node:http', 'Go, prepared bytes'];

/** The runtime's limit: the bytes of the answer, prepared once, and nothing else. */
export function bareNode({ path, file, etag, coding }: RecordedAnswer): Contestant {
  return nodeServer(bareName, 'prepared-node-http.ts', [path, file, etag, coding]);
}

/** Makes the JSON for every request, as Fastify's guide shows it. */
export function fastify({ path, file }: RecordedAnswer): Contestant {
  return nodeServer('plain Fastify', 'list-fastify.ts', [path, file]);
}

/** The same, and compresses it for every request. */
export function compressingFastify({ path, file }: RecordedAnswer): Contestant {
  return nodeServer('Fastify, gzip per request', 'list-fastify.ts', [path, file, 'gzip']);
}

/** Makes the JSON and an ETag for every request, as Express's guide shows it. */
export function express({ path, file }: RecordedAnswer): Contestant {
  return nodeServer('Express', 'list-express.ts', [path, file]);
}

/** Reads all groups for every query. */
export function scanningFastify(path: string, file: string): Contestant {
  return nodeServer('Fastify, scan per request', 'scan-fastify.ts', [path, file]);
}

/** The same list by Go's net/http, or a note where there is no Go. */
export async function goServers(
  { directory, signal, progress }: Stage,
  { path, file }: RecordedAnswer,
  go = 'go',
): Promise<{ contestants: Contestant[]; notes: string[] }> {
  progress('building the Go server');
  const program = await buildGo({ source: serverFile('list-net-http.go'), directory, signal, go });
  if (program === undefined) return { contestants: [], notes: ['Go is not on this machine: not measured.'] };
  const contestants = [
    { name: 'Go, JSON per request', mode: 'marshal' },
    { name: preparedGoName, mode: 'prepared' },
  ].map(({ name, mode }) => ({
    name,
    readyPath: path,
    command: (port: number) => ({ program, args: [String(port), path, file, mode] }),
  }));
  return { contestants, notes: [] };
}

function nodeServer(name: string, server: string, args: readonly string[]): Contestant {
  return {
    name,
    readyPath: args[0] ?? '/',
    command: (port) => ({
      program: process.execPath,
      args: [serverFile(server), String(port), ...args],
      env: { NODE_ENV: 'production' },
    }),
  };
}

function serverFile(name: string): string {
  return fileURLToPath(new URL(`../servers/${name}`, import.meta.url));
}
