import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface GroupzProcess {
  /** The address it listens on; rejects when it ends before. */
  url: Promise<string>;
  /** All that it printed so far. */
  output(): string;
  /** Its exit code, once it ends. */
  ended: Promise<number>;
  /** Asks it to stop, and waits for its exit code. */
  stop(): Promise<number>;
}

/** Runs `src/main.ts` as a process of its own, with nothing in its environment but what is given. */
export function startGroupz(env: Record<string, string>): GroupzProcess {
  const main = resolve(import.meta.dirname, '../src/main.ts');
  const child = spawn(process.execPath, [main], {
    env: { HOST: '127.0.0.1', PORT: '0', AUTH: 'none', SHUTDOWN_DELAY_SECONDS: '0', ...env },
  });
  const listening = Promise.withResolvers<string>();
  const ended = once(child, 'close').then(([code]) => code as number);
  let output = '';
  const read = (chunk: Buffer) => {
    output += chunk;
    const [, url] = /listening at (http:\S+?)"/.exec(output) ?? [];
    if (url !== undefined) listening.resolve(url);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  void ended.then((code) => listening.reject(new Error(`ended with ${code}: ${output}`)));
  listening.promise.catch(() => undefined); // nobody may be waiting for it
  return {
    url: listening.promise,
    output: () => output,
    ended,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
