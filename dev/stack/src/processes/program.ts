import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Environment } from '@seaworthy/chassis/environment';

/** What to run: a command in a folder with exactly this environment. */
export interface Program {
  name: string;
  command: string;
  args: readonly string[];
  folder: string;
  environment: Environment;
}

/** How a program ended; `code` is absent when a signal ended it. */
export interface Exit {
  code: number | undefined;
  signal: string | undefined;
}

/** A program that runs. */
export interface RunningProgram {
  pid: number | undefined;
  /** Fulfilled once, after the last line was handed over. Never rejected: a command that is missing is an exit. */
  exited: Promise<Exit>;
  /** Asks the program alone to stop. */
  terminate(): void;
  /** Ends the program and whatever it started. */
  kill(): void;
}

// What a program started may hold its pipes open; its own end is enough for us.
const lastLinesMs = 200;
const posix = process.platform !== 'win32';

/**
 * Runs a program in a process group of its own, so that Ctrl-C in the terminal reaches the stack only:
 * the stack then asks each program exactly once to stop.
 */
export function launchProgram(program: Program, onLine: (line: string) => void): RunningProgram {
  const child = spawn(program.command, program.args, {
    cwd: program.folder,
    env: program.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: posix,
  });
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  child.on('error', (error) => onLine(`cannot be started: ${error.message}`));
  return {
    pid: child.pid,
    exited: exitOf(child),
    terminate: () => child.kill('SIGTERM'),
    kill: () => killGroup(child),
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    const end = () => resolve({ code: child.exitCode ?? undefined, signal: child.signalCode ?? undefined });
    child.once('close', end);
    child.once('exit', () => setTimeout(end, lastLinesMs));
    child.once('error', () => child.pid === undefined && end());
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (posix) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // The group is empty: nothing is left to end.
  }
}
