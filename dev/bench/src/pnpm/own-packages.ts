import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StageOptions } from '../stage.ts';

const install = ['-y', 'pnpm@12', 'install', '--frozen-lockfile'];

/** Whether the packages of a folder that is no part of the workspace are there, as its lockfile has them now. */
export function hasPackages(folder: string): boolean {
  const { lockfile, installed } = filesOf(folder);
  return existsSync(installed) && readFileSync(installed).equals(readFileSync(lockfile));
}

/**
 * Installs the packages of such a folder, unless they are there; pnpm shows on stderr how far it is.
 * Returns why they cannot be had, or nothing.
 * @throws when the signal is aborted
 */
export async function installPackages(
  folder: string,
  { signal, progress }: Pick<StageOptions, 'signal' | 'progress'>,
  npx = 'npx',
): Promise<string | undefined> {
  if (hasPackages(folder)) return undefined;
  progress(`installing the packages of ${folder}`);
  rmSync(filesOf(folder).installed, { force: true }); // what fails half-way is neither the old nor the new
  try {
    const code = await endOf(npx, folder, signal);
    if (code !== 0) return `pnpm install ended with ${code}`;
    return hasPackages(folder) ? undefined : 'pnpm install left other packages than the lockfile has';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `there is no ${npx}`;
    throw error;
  }
}

/** Runs the install to its end. npx passes no signal on, so that it has a group, which is ended as a whole. */
async function endOf(npx: string, folder: string, signal: AbortSignal): Promise<number | null> {
  signal.throwIfAborted();
  // Standard output is for what was measured.
  const child = spawn(npx, install, { cwd: folder, detached: true, stdio: ['ignore', 2, 2] });
  const endAll = () => child.pid !== undefined && process.kill(-child.pid);
  signal.addEventListener('abort', endAll);
  try {
    const [code] = await once(child, 'close');
    signal.throwIfAborted();
    return code;
  } finally {
    signal.removeEventListener('abort', endAll);
  }
}

/** Its lockfile, and the copy that pnpm leaves behind when it has installed that. */
function filesOf(folder: string) {
  return { lockfile: join(folder, 'pnpm-lock.yaml'), installed: join(folder, 'node_modules', '.pnpm', 'lock.yaml') };
}
