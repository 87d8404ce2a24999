import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { realRedis } from '@seaworthy/redis/test/real-redis';
import { onTestFinished } from 'vitest';

const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Whether a test can have a Redis of its own. */
export const hasOwnRedis = program !== undefined;

/** A Redis that no other test uses, as the channel is the same for all; it keeps its port, and nothing else. */
export interface OwnRedis {
  url: string;
  start(): Promise<void>;
  /** As by `kill -9`. */
  kill(): Promise<void>;
}

/** Starts one, which ends with the test. */
export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort();
  let kill = async () => {};
  const start = async () => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(program ?? '', settings, { stdio: ['ignore', 'pipe', 'ignore'] });
    kill = async () => {
      if (child.kill('SIGKILL')) await once(child, 'exit');
    };
    for await (const text of child.stdout.setEncoding('utf8')) if (/ready to accept connections/i.test(text)) return;
    throw new Error('redis ended before it was ready');
  };
  await start();
  onTestFinished(() => kill());
  return { url: `redis://127.0.0.1:${port}`, start, kill: () => kill() };
}

/** A client with the defaults of ioredis, unless given others: it comes back by itself. Ends with the test. */
export function clientOf(url: string, options: Parameters<ReturnType<typeof realRedis>['duplicate']>[0] = {}) {
  const { hostname: host, port } = new URL(url);
  const redis = realRedis().duplicate({ host, port: Number(port), ...options });
  onTestFinished(() => redis.disconnect());
  return redis.on('error', () => undefined);
}

/** A TCP port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
