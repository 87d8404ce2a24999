import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../processes/free-port.ts';

/** A Postgres of our own; `pid` is the process that all its others are children of. */
export type Cluster = { url: string; pid: number } & AsyncDisposable;

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';
const nobody = 65534;

/**
 * Starts Postgres on a new cluster in a temporary folder, with the settings that initdb writes: fsync is on.
 * @throws when there is no Postgres here, or it does not start
 */
export async function startCluster(folders = programFolders()): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-bench-postgres-'));
  try {
    const options = { ...unprivileged(folder), cwd: folder };
    const data = join(folder, 'data');
    const initialise = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
    const programs = await initialised(folders, initialise, options);
    const port = await findFreePort();
    const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
    const child = await started(join(programs, 'postgres'), args, options);
    return {
      url: `postgres://bench@127.0.0.1:${port}/postgres`,
      pid: child.pid ?? 0,
      async [Symbol.asyncDispose]() {
        const ended = once(child, 'exit');
        if (child.kill('SIGQUIT')) await ended; // at once: nothing here is worth a checkpoint
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Where the programs of Postgres may be: on PATH, and where Debian has them. */
function programFolders(): string[] {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder) : [];
  return ['', ...versions.map((version) => join(debianFolder, version, 'bin'))];
}

/** Runs initdb from the first folder that has it; returns that folder. */
async function initialised(
  folders: readonly string[],
  args: readonly string[],
  options: SpawnOptions,
): Promise<string> {
  for (const folder of folders) {
    try {
      await run(join(folder, 'initdb'), [...args], options);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`There is no Postgres here (no initdb on PATH): install one, or set BENCH_DATABASE_URL.`);
}

async function started(program: string, args: readonly string[], options: SpawnOptions): Promise<ChildProcess> {
  // In a group of its own: a Ctrl-C at the terminal is ours to deal with, when the servers are gone.
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
      if (/ready to accept connections/.test(said)) resolve();
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`Postgres does not start: ${said}`)));
  });
  return child;
}

/** Postgres refuses to run as root: then it runs as nobody, who owns the folder. */
function unprivileged(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  chownSync(folder, nobody, nobody);
  return { uid: nobody, gid: nobody };
}
