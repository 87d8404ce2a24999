import { fileURLToPath } from 'node:url';
import type { Contestant } from '../bench-case.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { Stage } from '../stage.ts';
import { type Contender, nodeServer } from './contender.ts';
import { absenceNotes, hasOrms, orms } from './orms.ts';
import { userAt } from './rows.ts';
import { openUsersDatabase, type UsersDatabase } from './users-database.ts';

/** What this service and the limit are called in every table. */
export const [serviceName, limitName] = ['this service', 'Fastify + pg by hand'];

/** A contender whose server runs. */
export type RunningContender = Contender & { server: ServerProcess };

/** Everybody who is there, on one database; the notes are what the reader has to know: a line each. */
export type Arena = { database: UsersDatabase; running: readonly RunningContender[]; notes: readonly string[] };

const byHand = fileURLToPath(new URL('../servers/users-fastify-pg.ts', import.meta.url));

/** Everybody who may take part; the first is the limit. */
export const contenders: readonly Contender[] = [
  {
    name: limitName,
    table: 'by_hand_users',
    contestant: (url) => nodeServer(limitName, byHand, [url, 'by_hand_users']),
    tokenAfter: keysetAfter,
  },
  { name: serviceName, table: 'users', contestant: service },
  ...orms,
];

/** Fills a table of so many users for everybody who is there, and starts their servers. */
export async function openArena(stage: Stage, rows: number): Promise<Arena> {
  const present = contenders.filter((one) => hasOrms() || !orms.includes(one));
  const database = await openUsersDatabase(stage, { rows, tables: present.map(({ table }) => table) });
  const running = [];
  for (const contender of present) {
    running.push({ ...contender, server: await stage.start(await contender.contestant(database.url, stage)) });
  }
  return { database, running, notes: [...database.notes, ...absenceNotes()] };
}

/** The service as it ships, with its log and its metrics; the tables are migrated before it starts. */
function service(url: string): Contestant {
  const program = fileURLToPath(import.meta.resolve('@seaworthy/users/main'));
  const env = { HOST: '127.0.0.1', AUTH: 'none', SHUTDOWN_DELAY_SECONDS: '0', DATABASE_URL: url };
  return {
    name: serviceName,
    readyPath: '/readyz',
    command: (port) => ({
      program: process.execPath,
      args: [program],
      env: { ...env, NODE_ENV: 'production', PORT: String(port) },
    }),
  };
}

/** The token of the handler by hand: where the last user of the page before stands in the order. */
function keysetAfter(users: number): string {
  const { createdAt, id } = userAt(users - 1);
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}
