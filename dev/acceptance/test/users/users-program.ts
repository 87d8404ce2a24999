import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../../../../apps/users/src/main.ts');

/** The program that ships, in a process of its own. */
export interface UsersProgram {
  address: string;
  /** Everything that it has written. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts the program for anybody to call, on a free port and on an embedded Postgres in a folder of its own, unless
 * `env` says otherwise. @throws with its output where it ends before it listens
 */
export async function startUsers(env: Record<string, string> = {}): Promise<UsersProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'seaworthy-users-'));
  const local = { AUTH: 'none', HOST: '127.0.0.1', PORT: '0', SHUTDOWN_DELAY_SECONDS: '0', DRAIN_SECONDS: '1' };
  const child = spawn(process.execPath, [main], {
    env: { ...local, LOG_LEVEL: 'info', DATABASE_DIR: join(folder, 'postgres'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { address: await addressOf(child, () => output), output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addressOf(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const address = /listening at (http:[^"]+)/.exec(output())?.[1];
    if (address) return address;
    if (hasEnded(child)) throw new Error(`users ended with ${child.exitCode ?? child.signalCode}:\n${output()}`);
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'close')]);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
