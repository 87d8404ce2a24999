import { Redis } from 'ioredis';
import { addressOf } from './address.ts';

const longestPauseMilliseconds = 5000;

/**
 * A connection that is made again for ever, each time to where `url` says that Redis is: passwords get rotated. It
 * queues and repeats nothing: a command that meets a broken connection is rejected. Throws when the URL is wrong.
 */
export function connect(url: () => string): Redis {
  const redis = new Redis({
    ...addressOf(url()),
    connectionName: 'seaworthy-groupz',
    connectTimeout: 5000,
    socketTimeout: 5000, // of silence while an answer is due
    enableOfflineQueue: false,
    enableReadyCheck: false, // INFO may not be allowed
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy(attempt: number) {
      moveTo(redis, url);
      return Math.random() * Math.min(longestPauseMilliseconds, 50 * 2 ** Math.min(attempt, 10)); // full jitter
    },
  });
  return redis;
}

function moveTo(redis: Redis, url: () => string): void {
  try {
    Object.assign(redis.options, addressOf(url()));
  } catch {
    // A URL that was rotated to a wrong one leaves the last good one in force, as chassis does with secrets.
  }
}
