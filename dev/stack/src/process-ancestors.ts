import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What the system knows of a process. */
export interface ProcessFacts {
  parent: number;
  command: string;
}

/** How to look a process up; `undefined` for one that is gone. */
type LookUp = (pid: number) => ProcessFacts | undefined;

const deepest = 16;

/**
 * The processes that started this one, up to the outermost npx, npm or pnpm; none when none of them did.
 * npx does not pass signals on to pnpm: the only sign that it was told to stop is that it is gone.
 */
export function launchersOf(pid: number, lookUp: LookUp = lookUpProcess): number[] {
  const chain: { pid: number; command: string }[] = [];
  for (let next = pid; next > 1 && chain.length < deepest; ) {
    const facts = lookUp(next);
    if (!facts) break;
    chain.push({ pid: next, command: facts.command });
    next = facts.parent;
  }
  const outermost = chain.findLastIndex(({ command }) => isLauncher(command));
  return chain.slice(0, outermost + 1).map((process) => process.pid);
}

/** The program itself, or what Node runs; not a shell whose text happens to name one, and which may end before it. */
function isLauncher(command: string): boolean {
  const names = command.split(' ', 2).map((path) => basename(path));
  return names.some((name) => /^(?:npm|npx|pnpm|pnpx|corepack)\b/.test(name));
}

/** Whether a process runs. One that ended and that nobody has asked about yet (a zombie) does not. */
export function isRunning(pid: number): boolean {
  if (process.platform === 'linux') return lookUpProcess(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function lookUpProcess(pid: number): ProcessFacts | undefined {
  if (process.platform === 'win32') return undefined;
  return process.platform === 'linux' ? lookUpInProc(pid) : lookUpWithPs(pid);
}

function lookUpInProc(pid: number): ProcessFacts | undefined {
  try {
    // proc(5): `pid (name) state parent …`; the name may hold anything, also brackets and spaces.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

function lookUpWithPs(pid: number): ProcessFacts | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=', '-o', 'args=', '-p', `${pid}`], { encoding: 'utf8' });
  const [, parent, command = ''] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), command };
}
