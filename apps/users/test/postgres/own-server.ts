import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/** A Postgres that a test may crash; its owner `test` gets in as he is, everybody else by password. */
export interface OwnServer {
  url: string;
  /** Does something as the owner. */
  run(sql: string): Promise<void>;
  /** Ends it at once, as a power cut would (`pg_ctl stop -m immediate`). */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const debian = '/usr/lib/postgresql';
const debianFolders = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...debianFolders];

/** Where the programs of Postgres are; `undefined` on a machine without. */
export const postgresPrograms = folders.find((folder) => existsSync(join(folder, 'initdb')));

/** Starts a Postgres in a new cluster. */
export async function startOwnServer(): Promise<OwnServer> {
  const programs = postgresPrograms ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'users-postgres-'));
  const asUser = { ...unprivileged(folder), cwd: folder };
  const data = join(folder, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '--no-sync'], asUser);
  // In clear text, as Azure asks for tokens.
  writeFileSync(join(data, 'pg_hba.conf'), 'host all test all trust\nhost all all all password\n');
  const port = await freePort();
  const url = `postgres://test@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
    child = spawn(join(programs, 'postgres'), args, { ...asUser, stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    for await (const chunk of child.stderr ?? []) {
      output += chunk;
      if (output.includes('ready to accept connections')) break;
    }
    child.stderr?.resume();
  }

  async function crash(): Promise<void> {
    if (child?.exitCode !== null || !child.kill('SIGQUIT')) return;
    await once(child, 'exit');
  }

  await start();
  return {
    url,
    run: (sql) => run(url, sql),
    crash,
    start,
    async stop() {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root: then it runs as nobody, who owns the folder. */
function unprivileged(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  chownSync(folder, 65534, 65534);
  return { uid: 65534, gid: 65534 };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
