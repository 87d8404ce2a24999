import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findCommand } from '../search-path.ts';

/** A Redis (or Valkey) that is installed on this machine. */
export interface InstalledRedis {
  path: string;
  /** Name and version, as it says itself. */
  title: string;
}

const names = ['redis-server', 'valkey-server'];

/** Finds a Redis on the search path that runs; `undefined` where there is none. */
export async function findRedis(searchPath: string): Promise<InstalledRedis | undefined> {
  for (const name of names) {
    const path = findCommand(name, searchPath);
    const title = path && (await titleOf(name, path));
    if (path && title) return { path, title };
  }
  return undefined;
}

/** The arguments of a private Redis: only this machine reaches it, and nothing of it is left on disk. */
export function redisArguments(port: number, folder: string): string[] {
  const quiet = ['--loglevel', 'warning'];
  return ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, ...quiet];
}

/**
 * A command that publishes a message, with what this machine has: a client of Redis, or curl, which can speak to it
 * as a person would by telnet. `url` may be a shell's variable.
 */
export function publishCommand(url: string, searchPath: string): string {
  const client = ['redis-cli', 'valkey-cli'].find((name) => findCommand(name, searchPath));
  if (client || !url.startsWith('redis://')) return `${client ?? 'redis-cli'} -u ${url} PUBLISH device01 hello`;
  const { host } = new URL(url);
  return `printf 'PUBLISH device01 hello\\r\\nQUIT\\r\\n' | curl -s telnet://${host}`;
}

async function titleOf(name: string, path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 5000 });
    return `${name} ${/\bv=(\S+)/.exec(stdout)?.[1] ?? ''}`.trim();
  } catch {
    // It is there but does not run (another libc, another processor): as good as not there.
    return undefined;
  }
}
