import { cableTo } from '@seaworthy/redis/test/cable';
import { describe, expect, it } from 'vitest';
import { changeListener } from '../change-listener.ts';
import { written } from '../outbox.contract.ts';
import { hasOwnRedis, ownRedis } from '../own-redis.ts';
import { attempt, published, publisherAt, restricted } from './publisher-at.ts';

describe.skipIf(!hasOwnRedis)('publishing to a real Redis', () => {
  it('resolves when all were accepted, which are heard in order', async () => {
    const { url } = await ownRedis();
    const { heard } = await changeListener(url);
    const { publisher } = publisherAt(url);
    await expect.poll(() => attempt(publisher)).toBe('told');
    await expect.poll(() => heard).toEqual(written);
  });

  it('rejects with the reason while Redis cannot be reached, and never shows the password', async () => {
    const { publisher } = publisherAt('redis://:hunter2@127.0.0.1:1');
    await expect.poll(() => attempt(publisher)).toMatch(/redis did not take changes: .*ECONNREF/);
    expect(await attempt(publisher)).not.toContain('hunter2');
  });

  it('rejects when Redis refuses some of them', async () => {
    const { url, admin, as } = await restricted('resetchannels');
    await changeListener(url);
    const { publisher } = publisherAt(as);
    await expect.poll(() => attempt(publisher)).toMatch(/NOPERM/);
    await admin.acl('SETUSER', 'publisher', 'allchannels');
    await published(publisher);
  });

  it('rejects when Redis has taken them, and does not answer once more: they may not have left it', async () => {
    const { url, admin, as } = await restricted('allchannels');
    const { heard } = await changeListener(url);
    const { publisher } = publisherAt(as);
    await published(publisher);
    await admin.acl('SETUSER', 'publisher', '-ping');
    expect(await attempt(publisher)).toMatch(/NOPERM/);
    await expect.poll(() => heard).toEqual([...written, ...written]);
  });

  it('rejects within seconds when nothing comes back, and takes another connection at once', async () => {
    const cable = await cableTo((await ownRedis()).url);
    const { publisher } = publisherAt(`redis://127.0.0.1:${cable.port}`);
    await expect.poll(() => attempt(publisher)).toBe('told');
    cable.freeze();
    await expect(publisher.publish(written)).rejects.toThrow('not done within 2000 ms');
    await expect.poll(() => attempt(publisher), { timeout: 2000 }).toBe('told');
  });
});
