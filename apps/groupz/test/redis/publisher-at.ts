import { createLog } from '@seaworthy/chassis/log';
import { Secret } from '@seaworthy/chassis/secret';
import { changesChannel, type ResourceGroupChange } from '@seaworthy/contracts/groupz';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { expect, onTestFinished } from 'vitest';
import { RedisPublisher } from '../../src/redis/redis-publisher.ts';

/** A publisher that ends with the test, and what it tells. */
export function publisherAt(where = redisUrl ?? '', dedupeSeconds = 60) {
  const [url, lines] = [new Secret(where), [] as string[]];
  const outcomes = { published: 0, duplicate: 0, dropped: 0 };
  const log = createLog({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } });
  const publisher = new RedisPublisher({
    url: () => url.value,
    log,
    dedupeSeconds,
    observe: (outcome, changes) => (outcomes[outcome] += changes),
  });
  onTestFinished(() => publisher.close());
  const linesWith = (text: string) => lines.filter((line) => line.includes(text)).length;
  return { publisher, url, lines, linesWith, outcomes };
}

/** One that is connected already. */
export async function connectedPublisher(...where: Parameters<typeof publisherAt>) {
  const at = publisherAt(...where);
  await expect.poll(() => at.linesWith('redis connected')).toBe(1);
  return at;
}

/** Whoever listens to the channel: hears only of groups whose names begin with that, as tests run side by side. */
export async function listener(prefix: string): Promise<ResourceGroupChange[]> {
  const received: ResourceGroupChange[] = [];
  const redis = realRedis();
  redis.on('message', (_channel, message) => {
    const change = JSON.parse(message) as ResourceGroupChange;
    if (change.group.name.startsWith(prefix)) received.push(change);
  });
  await redis.subscribe(changesChannel);
  return received;
}
