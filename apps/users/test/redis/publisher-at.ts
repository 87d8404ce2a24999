import { expect, onTestFinished } from 'vitest';
import { RedisPublisher } from '../../src/redis/redis-publisher.ts';
import { written } from '../outbox.contract.ts';
import { clientOf, ownRedis } from '../own-redis.ts';

/** A publisher whose pauses end at once, after what is done `meanwhile`; how long they were to be, in milliseconds. */
export function publisherAt(url: string, meanwhile: (pauses: readonly number[]) => Promise<unknown> = async () => {}) {
  const pauses: number[] = [];
  const publisher = new RedisPublisher(
    () => url,
    async (milliseconds) => {
      pauses.push(milliseconds);
      await meanwhile(pauses);
    },
  );
  onTestFinished(() => publisher.close());
  return { publisher, pauses };
}

/** What came of publishing: Redis is not there at once. */
export function attempt(publisher: RedisPublisher): Promise<string> {
  return publisher.publish(written).then(() => 'told', String);
}

/** Publishes until it succeeds. */
export async function published(publisher: RedisPublisher): Promise<void> {
  await expect.poll(() => attempt(publisher), { timeout: 9000 }).toBe('told');
}

/** A Redis whose user `publisher` may do no more than is needed, on the channels of the rule; `as` is its URL for him. */
export async function restricted(channels: 'allchannels' | 'resetchannels') {
  const { url } = await ownRedis();
  const admin = clientOf(url);
  await admin.acl('SETUSER', 'publisher', 'on', 'nopass', channels, '+@connection', '+publish');
  return { url, admin, as: Object.assign(new URL(url), { username: 'publisher', password: 'any' }).href };
}
