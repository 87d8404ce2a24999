import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** A program of this service in a process of its own. */
interface UsersProcess {
  child: ChildProcess;
  /** Everything that it has written. */
  output(): string;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
  /** Where it listens, once it does. */
  listening(): Promise<string>;
}

/** Starts `src/main.ts` or `src/migrate.ts` with nothing in the environment but this. */
export function start(program: 'main' | 'migrate', env: Record<string, string>): UsersProcess {
  const path = fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output: () => output, ended, listening: () => addressIn(child, () => output) };
}

/** The settings of a service that anybody may call, on a free port. */
export const open = { AUTH: 'none', HOST: '127.0.0.1', PORT: '0', SHUTDOWN_DELAY_SECONDS: '0' };

/** A directory for one test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'users-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function addressIn(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const address = /listening at (http:[^"]+)/.exec(output())?.[1];
    if (address) return address;
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output()}`);
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'close')]);
  }
}
