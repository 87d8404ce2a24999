import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { freePorts } from './free-ports.ts';

const main = resolve(import.meta.dirname, '../../stack/src/main.ts');
const startMilliseconds = 180_000;
const portNames = [
  'GATEWAY_PORT',
  'GROUPZ_PORT',
  'REALTIME_PORT',
  'USERS_PORT',
  'EMULATOR_HTTPS_PORT',
  'EMULATOR_HTTP_PORT',
] as const;

/** The whole system, started by the program behind `pnpm dev`, as its own process on ports of its own. */
export interface RunningStack {
  gateway: string;
  /** The emulator's plain http address. */
  emulator: string;
  redisUrl: string;
  ports: Record<(typeof portNames)[number], number>;
  /** All that it printed so far. */
  output(): string;
  /** Resolves when it prints what matches, from `from` characters on. */
  printed(text: RegExp, from?: number): Promise<RegExpExecArray>;
  /** Sends the signal and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

interface StackOptions {
  /** Where the emulator's files and the users' database are. */
  folder: string;
  env?: Record<string, string>;
}

/** Starts the stack and waits until it is ready. @throws with its output where it ends before. */
export async function startStack({ folder, env = {} }: StackOptions): Promise<RunningStack> {
  const free = await freePorts(portNames.length);
  const ports = Object.fromEntries(portNames.map((name, index) => [name, free[index]])) as RunningStack['ports'];
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      DATA_DIR: folder,
      NO_COLOR: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { output, printed } = watchOutput(child);
  await printed(/Ctrl-C stops everything/);
  const [redisUrl = ''] = /redis:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
  return {
    gateway: `http://localhost:${ports.GATEWAY_PORT}`,
    emulator: `http://localhost:${ports.EMULATOR_HTTP_PORT}`,
    redisUrl,
    ports,
    output,
    printed,
    stop: (signal = 'SIGTERM') => stop(child, signal),
  };
}

function watchOutput(child: ChildProcess) {
  let text = '';
  const watchers = new Set<() => void>();
  const add = (chunk: string) => {
    text += chunk;
    for (const watch of watchers) watch();
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', add);
  const printed = (wanted: RegExp, from = 0) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const watch = () => {
        const match = wanted.exec(text.slice(from));
        if (match === null) return;
        watchers.delete(watch);
        resolve(match);
      };
      watchers.add(watch);
      child.once('close', () => reject(new Error(`the stack ended without printing ${wanted}:\n${text}`)));
      watch();
    });
  return { output: () => text, printed };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  return (await closed)[0] as number | null;
}

/** One stack for all tests of a file, in a folder of its own. */
export function useStack(env: Record<string, string> = {}) {
  let folder = '';
  let stack: RunningStack | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seaworthy-'));
    stack = await startStack({ folder, env });
  }, startMilliseconds);
  afterAll(async () => {
    await stack?.stop();
    await rm(folder, { recursive: true, force: true });
  }, startMilliseconds);
  return {
    get folder() {
      return folder;
    },
    get stack() {
      if (stack === undefined) throw new Error('the stack is not running');
      return stack;
    },
    /** Stops everything and starts it again on the same data; what is between happens while nothing runs. */
    async restart(between: () => Promise<void>): Promise<void> {
      await stack?.stop('SIGINT');
      await between();
      stack = await startStack({ folder, env });
    },
  };
}
