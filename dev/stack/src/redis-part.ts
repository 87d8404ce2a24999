import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@seaworthy/chassis/environment';
import { type Broker, startBroker } from './broker/broker.ts';
import { accepts } from './processes/readiness.ts';
import type { ProgramParts } from './program-part.ts';
import { findRedis, type InstalledRedis, publishCommand, redisArguments } from './redis/redis-program.ts';
import { machineEnvironment } from './services/environment.ts';
import type { Part } from './stack.ts';
import { findFreePort } from './tcp-ports.ts';
import type { Console } from './terminal/console.ts';

/** The Redis of the stack, whatever it is. */
interface RedisPart extends Part {
  url: string;
  /** Where it is, without a password. */
  address: string;
  /** What it really is, for people. */
  title: string;
  /** A command that publishes a message to it. */
  publishCommand: string;
}

interface Surroundings {
  env: Environment;
  /** Where a Redis of the stack listens if nothing else does; any free port when absent. */
  preferredPort?: number;
  programs: ProgramParts;
  console: Console;
}

type Own = Part & Pick<RedisPart, 'title'>;

const reachMs = 3000;

/** Takes the Redis that the person names, else one that is installed, else the development broker. */
export async function chooseRedis(url: string | undefined, surroundings: Surroundings): Promise<RedisPart> {
  const searchPath = surroundings.env['PATH'] ?? '';
  if (url !== undefined) return givenRedis(url, publishCommand('"$REDIS_URL"', searchPath));
  const installed = await findRedis(searchPath);
  const port = await findFreePort(surroundings.preferredPort);
  const address = `redis://127.0.0.1:${port}`;
  const known = { url: address, address, publishCommand: publishCommand(address, searchPath) };
  return installed
    ? { ...known, ...installedRedis(installed, port, surroundings) }
    : { ...known, ...brokerInstead(port, surroundings) };
}

function givenRedis(url: string, publish: string): RedisPart {
  const { hostname, port, protocol } = new URL(url);
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  return {
    url,
    address: `${protocol}//${hostname}:${place.port}`,
    title: 'yours, named by REDIS_URL',
    publishCommand: publish,
    async start() {
      if (await accepts(place, AbortSignal.timeout(reachMs))) return;
      throw new Error(
        `REDIS_URL names ${hostname}:${place.port}, and nothing answers there: start it, or unset REDIS_URL`,
      );
    },
    stop: async () => undefined,
  };
}

function installedRedis({ path, title }: InstalledRedis, port: number, { env, programs }: Surroundings): Own {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-redis-'));
  const part = programs.create({
    program: {
      name: 'redis',
      command: path,
      args: redisArguments(port, folder),
      folder,
      environment: machineEnvironment(env),
    },
    isReady: (signal) => accepts({ host: '127.0.0.1', port }, signal),
  });
  return {
    title: `${title} from PATH, the stack's own`,
    start: part.start,
    async stop() {
      await part.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function brokerInstead(port: number, { console }: Surroundings): Own {
  const title = 'a development broker, NOT Redis (no redis-server or valkey-server on PATH)';
  let broker: Broker | undefined;
  return {
    title,
    async start() {
      broker = await startBroker(port);
      console.line('redis', `» ${title}`);
    },
    stop: async () => broker?.close(),
  };
}
