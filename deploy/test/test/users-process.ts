import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { repository } from './rendered.ts';

/** The users program, on its embedded Postgres and a port of its own. */
export interface UsersProcess {
  address: string;
  /** Asks, and answers the status and the body. */
  get(path: string): Promise<{ status: number; body: { nextPageToken?: string } }>;
  pid: number | undefined;
  isRunning(): boolean;
  /** Tells it to end, and answers its exit code. */
  stop(): Promise<number | null>;
}

/** Starts it with these settings, and waits until it is ready. */
export async function startUsers(settings: Readonly<Record<string, string>>): Promise<UsersProcess> {
  const main = join(repository, 'apps/users/src/main.ts');
  const env = { AUTH: 'none', HOST: '127.0.0.1', PORT: '0', SHUTDOWN_DELAY_SECONDS: '0', ...settings };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await addressOf(child);
  const get: UsersProcess['get'] = async (path) => {
    const response = await fetch(`${address}${path}`);
    return { status: response.status, body: (await response.json()) as { nextPageToken?: string } };
  };
  while ((await get('/readyz')).status !== 200) await wait(50);
  return {
    address,
    get,
    pid: child.pid,
    isRunning: () => child.exitCode === null,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await gone;
      return code;
    },
  };
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  stdout?.on('data', (part) => {
    text += part;
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(text) ?? [];
    if (port) resolve(`http://127.0.0.1:${port}`);
  });
  stdout?.on('end', () => reject(new Error(`users ended before it listened: ${text}`)));
  return promise;
}
