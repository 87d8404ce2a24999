import { cableTo } from '@seaworthy/redis/test/cable';
import { realRedis, redisUrl } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RedisPublisher } from '../../src/redis/redis-publisher.ts';
import { changeListener } from '../change-listener.ts';
import { written } from '../outbox.contract.ts';

function publisherAt(url: string): RedisPublisher {
  const publisher = new RedisPublisher(() => url);
  onTestFinished(() => publisher.close());
  return publisher;
}

describe.skipIf(!redisUrl)('publishing to a real Redis', () => {
  it('resolves when all were accepted, which are heard in order', async () => {
    const { heard } = await changeListener();
    const publisher = publisherAt(redisUrl ?? '');
    await expect.poll(() => attempt(publisher)).toBe('told');
    await expect.poll(() => heard).toEqual(written);
  });

  it('rejects with the reason while Redis cannot be reached, and never shows the password', async () => {
    const publisher = publisherAt('redis://:hunter2@127.0.0.1:1');
    await expect.poll(() => attempt(publisher)).toMatch(/redis did not take changes: .*ECONNREF/);
    expect(await attempt(publisher)).not.toContain('hunter2');
  });

  it('rejects when Redis refuses some of them', async () => {
    const admin = realRedis();
    await admin.acl('SETUSER', 'mute', 'on', '>secret', 'resetchannels', '+@connection', '+publish');
    onTestFinished(() => void admin.acl('DELUSER', 'mute'));
    const publisher = publisherAt(
      Object.assign(new URL(redisUrl ?? ''), { username: 'mute', password: 'secret' }).href,
    );
    await expect.poll(() => attempt(publisher)).toMatch(/NOPERM/);
  });

  it('rejects within seconds when nothing comes back, and takes another connection at once', async () => {
    const cable = await cableTo(redisUrl ?? '');
    const publisher = publisherAt(`redis://127.0.0.1:${cable.port}`);
    await expect.poll(() => attempt(publisher)).toBe('told');
    cable.freeze();
    await expect(publisher.publish(written)).rejects.toThrow('not done within 2000 ms');
    await expect.poll(() => attempt(publisher), { timeout: 2000 }).toBe('told');
  });
});

/** What came of publishing: Redis is not there at once. */
function attempt(publisher: RedisPublisher): Promise<string> {
  return publisher.publish(written).then(() => 'told', String);
}
