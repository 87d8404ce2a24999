import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunningProgram } from './program.ts';

/** The stack's side of the watchdog: it hears which programs run, and ends them if the stack cannot. */
export interface Watchdog {
  guard(running: RunningProgram): void;
  /** Lets the watchdog go; what still runs then is ended by it. */
  close(): Promise<void>;
}

/** Starts the watchdog, in a process group of its own so that what ends the stack does not end it too. */
export function startWatchdog(): Watchdog {
  const child = spawn(process.execPath, [fileURLToPath(new URL('watchdog.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // Without a watchdog everything works, except after a SIGKILL: no reason to fail.
  child.stdin.on('error', () => undefined);
  return {
    guard({ pid, exited }) {
      if (pid === undefined) return;
      child.stdin.write(`+${pid}\n`);
      void exited.then(() => child.stdin.writable && child.stdin.write(`-${pid}\n`));
    },
    async close() {
      child.stdin.end();
      await gone;
    },
  };
}
