import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Contestant } from '../bench-case.ts';
import { findFreePort } from './free-port.ts';

/** A contestant whose server runs in a process of its own. */
export type ServerProcess = {
  name: string;
  port: number;
  pid: number;
  /** Throws, with what the program had to say, when it has ended by itself. */
  check: () => void;
  stop: () => Promise<void>;
};

const patience = { ready: 15_000, poll: 50, end: 2_000 }; // milliseconds

/** Starts a contestant on a free port and waits until it answers. */
export async function startServer(contestant: Contestant, signal: AbortSignal): Promise<ServerProcess> {
  const { name, readyPath } = contestant;
  const port = await findFreePort();
  const { program, args, env = {} } = contestant.command(port);
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const server = { name, port, pid: child.pid ?? 0, check: watch(name, child), stop: () => end(child) };
  try {
    await answers(server, readyPath, signal);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function watch(name: string, child: ChildProcess): () => void {
  let said = '';
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  return () => {
    if (failure) throw new Error(`${name} cannot be started: ${failure.message}`);
    if (hasEnded(child)) throw new Error(`${name} ended by itself (${child.signalCode ?? child.exitCode})\n${said}`);
  };
}

async function answers({ name, port, check }: ServerProcess, path: string, signal: AbortSignal): Promise<void> {
  const url = `http://127.0.0.1:${port}${path}`;
  const deadline = Date.now() + patience.ready;
  let last = 'no answer';
  while (Date.now() < deadline) {
    check();
    try {
      const { ok, status } = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]) });
      if (ok) return;
      last = `status ${status}`;
    } catch {
      signal.throwIfAborted(); // otherwise nothing listens yet
    }
    await pause(patience.poll, undefined, { signal });
  }
  throw new Error(`${name} is not ready after ${patience.ready / 1000} s: ${url} gave ${last}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), patience.end);
  await ended;
  clearTimeout(late);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
