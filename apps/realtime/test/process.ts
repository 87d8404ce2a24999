import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** The service as a process of its own. */
export interface Running {
  url: string;
  child: ChildProcess;
  /** Resolves with the first line of its log that contains `text`, those of the past included. */
  logged(text: string): Promise<string>;
  /** Resolves with its exit code. */
  ended: Promise<number | null>;
}

/** Starts `src/main.ts` with these settings, on a free port; it is killed with the test. */
export async function startProcess(env: Record<string, string>): Promise<Running> {
  const main = new URL('../src/main.ts', import.meta.url).pathname;
  const settings = { HOST: '127.0.0.1', PORT: '0', AUTH: 'none', SHUTDOWN_DELAY_SECONDS: '0', ...env };
  const child = spawn(process.execPath, [main], { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const logged = follow(child);
  const line = await logged('Server listening');
  const url = /http:[\w.:/]+/.exec(line)?.[0] ?? '';
  return { url, child, logged, ended };
}

function follow({ stdout }: ChildProcess): (text: string) => Promise<string> {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: stdout as NodeJS.ReadableStream }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  return async (text) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = () => {
      const found = lines.find((line) => line.includes(text));
      if (found !== undefined) resolve(found);
    };
    waiting.add(look);
    look();
    return await promise.finally(() => waiting.delete(look));
  };
}
