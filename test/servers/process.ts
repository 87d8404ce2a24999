import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** A server that runs for the tests. */
export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

/** The path of the first of these programs in the folders, or `undefined`. */
export function findProgram(names: readonly string[], folders: readonly string[] = pathFolders()): string | undefined {
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export function pathFolders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter);
}

/** A TCP port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts a program and waits for a line of its output; `undefined` where it ends before. */
export async function startUntil(
  command: readonly [string, ...string[]],
  ready: RegExp,
  options: SpawnOptions = {},
): Promise<ChildProcess | undefined> {
  const [program, ...args] = command;
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      if (ready.test(output)) resolve(child);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', () => resolve(undefined));
    child.on('exit', () => resolve(undefined));
  });
}

/** Stops a program with `signal` and waits for its end. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  if (child.kill(signal)) await ended;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
