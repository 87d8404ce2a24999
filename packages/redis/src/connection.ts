import { isIP } from 'node:net';
import { Redis } from 'ioredis';
import type { RedisAddress } from './address.ts';

export type { Redis };

const longestPauseMilliseconds = 5000;

/**
 * A connection that is made again for ever, each time to where `locate` says that Redis is: passwords get rotated.
 * It queues, repeats and resubscribes nothing by itself: a command that meets a broken connection is rejected, and the
 * caller decides what is still wanted. In Redis' list of clients it has the given name. Throws what `locate` throws
 * now; later, the last good address stays in force.
 */
export function connect(locate: () => RedisAddress, name: string): Redis {
  const redis = new Redis({
    ...optionsOf(locate()),
    connectionName: name,
    connectTimeout: 5000,
    socketTimeout: 5000, // of silence while an answer is due
    enableOfflineQueue: false,
    enableReadyCheck: false, // SUBSCRIBE works while Redis loads its data, and INFO may not be allowed
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy(attempt: number) {
      moveTo(redis, locate);
      return Math.random() * Math.min(longestPauseMilliseconds, 50 * 2 ** Math.min(attempt, 10)); // full jitter
    },
  });
  return redis;
}

function moveTo(redis: Redis, locate: () => RedisAddress): void {
  try {
    Object.assign(redis.options, optionsOf(locate()));
  } catch {
    // A URL that was rotated to a wrong one leaves the last good one in force, as chassis does with secrets.
  }
}

/** All of them, also where there is nothing to say: they replace those of the address before. */
function optionsOf({ host, port, db = 0, username, password, tls }: RedisAddress) {
  return { host, port, db, username, password, tls: tls ? nameFor(host) : undefined };
}

/** TLS names hosts, not addresses (RFC 6066, section 3). */
function nameFor(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
