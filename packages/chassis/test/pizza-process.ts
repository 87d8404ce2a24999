import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What a pizza service needs to be told to serve at once, and to end at once. */
export const settings = {
  AUTH: 'none',
  TOPPINGS: 'basil',
  HOST: '127.0.0.1',
  PORT: '0',
  SHUTDOWN_DELAY_SECONDS: '0',
};

/** Starts a service in a process of its own, for one test. */
export function start(env: Record<string, string>, main = 'pizza-main.ts') {
  const child = spawn(process.execPath, [program(main)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const wait = (text: string | RegExp) =>
    new Promise<string>((resolve) => {
      const look = () => new RegExp(text).test(output) && resolve(output);
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      look();
    });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  return { child, wait, text: () => output };
}

/** The exit code of a process that ends. */
export async function exitOf(child: ChildProcess): Promise<number> {
  return child.exitCode ?? ((await once(child, 'close'))[0] as number);
}

/** Starts the pizza service and waits until it listens. */
export async function serving(env: Record<string, string> = settings) {
  const run = start(env);
  const [, url = ''] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(await run.wait('Server listening')) ?? [];
  return { ...run, url };
}
