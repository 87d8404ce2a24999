import { createLog } from '@seaworthy/chassis/log';
import { Secret } from '@seaworthy/chassis/secret';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { locateRedis } from '../../src/redis/locate.ts';
import { RedisBroker } from '../../src/redis/redis-broker.ts';

/** Where a real Redis is, if there is one (test/servers.ts). */
export const redisUrl = process.env['TEST_REDIS_URL'];

/** A client of the real Redis, to publish with and to ask what is subscribed. */
export function realRedis(): Redis {
  const redis = new Redis(redisUrl ?? '');
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** A broker that ends with the test, and what it logs. */
export interface BrokerAt {
  broker: RedisBroker;
  /** Where it looks for Redis; can be rotated. */
  url: Secret;
  failed: Promise<void>;
  lost: Promise<void>;
}

/** A broker on a Redis, by default the real one. */
export function brokerAt(where = redisUrl ?? ''): BrokerAt {
  const url = new Secret(where);
  const waiting: [string, () => void][] = [];
  const write = (line: string) => {
    for (const [text, found] of waiting) if (line.includes(text)) found();
  };
  const logged = (text: string) => new Promise<void>((resolve) => waiting.push([text, resolve]));
  const log = createLog({ name: 'test', level: 'warn', destination: { write } });
  const broker = new RedisBroker({ locate: () => locateRedis({ REDIS_URL: url }), log });
  onTestFinished(() => broker.close());
  return { broker, url, failed: logged('connection failed'), lost: logged('connection lost') };
}
