import { execFile } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, freePort, pathFolders, startUntil, stopProcess, type TestServer } from './process.ts';

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';
const nobody = 65534;

/** Starts a private Postgres in a new cluster, or answers `undefined` where there is none. */
export async function startPostgres(): Promise<TestServer | undefined> {
  const folders = [...pathFolders(), ...debianFolders()];
  const [initdb, postgres] = [findProgram(['initdb'], folders), findProgram(['postgres'], folders)];
  if (!initdb || !postgres) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'seaworthy-postgres-'));
  const user = unprivileged(folder);
  const data = join(folder, 'data');
  await run(initdb, ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { ...user, cwd: folder });
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'];
  const child = await startUntil([postgres, ...args], /ready to accept connections/, { ...user, cwd: folder });
  if (child === undefined) return undefined;
  return {
    url: `postgres://test@127.0.0.1:${port}/postgres`,
    async stop() {
      await stopProcess(child, 'SIGQUIT'); // at once: nothing here is worth a checkpoint
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function debianFolders(): string[] {
  try {
    return readdirSync(debianFolder).map((version) => join(debianFolder, version, 'bin'));
  } catch {
    return [];
  }
}

/** Postgres refuses to run as root: then it runs as nobody, who owns the folder. */
function unprivileged(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  chownSync(folder, nobody, nobody);
  return { uid: nobody, gid: nobody };
}
