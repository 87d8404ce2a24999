import { createLog } from '@seaworthy/chassis/log';
import { Secret } from '@seaworthy/chassis/secret';
import { redisUrl } from '@seaworthy/redis/test/real-redis';
import { expect, onTestFinished } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { locateRedis } from '../../src/redis/locate.ts';
import { RedisBroker } from '../../src/redis/redis-broker.ts';

/** A broker that ends with the test, and what it logs. */
export interface BrokerAt {
  broker: RedisBroker;
  /** The broker, once it can be asked. */
  connected(): Promise<RedisBroker>;
  /** Where it looks for Redis; can be rotated. */
  url: Secret;
  failed: Promise<void>;
  lost: Promise<void>;
  refused: Promise<void>;
  /** Everything that was logged, a line each. */
  lines: readonly string[];
  /** Resolves with the next line that contains `text`. */
  logged(text: string): Promise<void>;
}

/** A broker on a Redis, by default the real one and in real time. */
export function brokerAt(where = redisUrl ?? '', clock?: Clock): BrokerAt {
  const url = new Secret(where);
  const waiting: [string, () => void][] = [];
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    for (const [text, found] of waiting) if (line.includes(text)) found();
  };
  const logged = (text: string) => new Promise<void>((resolve) => waiting.push([text, resolve]));
  const log = createLog({ name: 'test', level: 'info', destination: { write } });
  const keep = { messages: 1000, seconds: 60 };
  const broker = new RedisBroker({ locate: () => locateRedis({ REDIS_URL: url }), log, keep, ...(clock && { clock }) });
  onTestFinished(() => broker.close());
  const [failed, lost, refused] = [logged('connection failed'), logged('connection lost'), logged('refuses a channel')];
  const connected = async () => {
    await expect.poll(() => broker.read({ name: 'any', durable: true }, { limit: 1 }).catch(() => null)).toBeTruthy();
    return broker;
  };
  return { broker, connected, url, failed, lost, refused, lines, logged };
}
