import { userChangesChannel } from '@seaworthy/contracts/users';
import { type Cable, cableTo } from '@seaworthy/redis/test/cable';
import { describe, expect, it } from 'vitest';
import { changeListener } from '../change-listener.ts';
import { written } from '../outbox.contract.ts';
import { hasOwnRedis, ownRedis } from '../own-redis.ts';
import { attempt, published, publisherAt, restricted } from './publisher-at.ts';

describe.skipIf(!hasOwnRedis)('changes that are published while somebody does not listen', () => {
  it('are told at once when nobody ever listened, once a connection is five seconds old', async () => {
    const { publisher, pauses } = publisherAt((await ownRedis()).url);
    await published(publisher);
    await published(publisher);
    expect(pauses).toEqual([5000]);
  });

  it('wait for who comes back, and are all told to him in order', async () => {
    const { url } = await ownRedis();
    const [present, other] = [await changeListener(url), await changeListener(url)];
    let back = other;
    const { publisher, pauses } = publisherAt(url, async ({ length }) => {
      if (length === 4) back = await changeListener(url);
    });
    await published(publisher);
    await other.redis.quit();
    await published(publisher);
    expect(pauses).toEqual([5000, 500, 500, 500]);
    await expect.poll(() => back.heard).toEqual(written);
    await expect.poll(() => present.heard.slice(-3)).toEqual(written);
    expect(present.heard.slice(3, -3)).toEqual([written[0], written[0], written[0]]);
  });

  it('are told to the others after five seconds, who are then all that is waited for', async () => {
    const { url } = await ownRedis();
    const [present, other] = [await changeListener(url), await changeListener(url)];
    const { publisher, pauses } = publisherAt(url);
    await published(publisher);
    await other.redis.quit();
    await published(publisher);
    await expect.poll(() => present.heard.slice(-3)).toEqual(written);
    await published(publisher);
    expect(pauses).toEqual([5000, ...Array.from({ length: 10 }, () => 500)]);
  });
});

describe.skipIf(!hasOwnRedis)('changes that are published after Redis was away', () => {
  /** Whoever publishes and whoever listens, on one cable. */
  async function onCable(meanwhile: (cable: Cable, pauses: number) => Promise<unknown>) {
    const { url, admin } = await restricted('allchannels');
    const cable = await cableTo(url);
    const listener = await changeListener(`redis://127.0.0.1:${cable.port}`);
    const publisher = publisherAt(`redis://publisher:any@127.0.0.1:${cable.port}`, async ({ length }) => {
      await meanwhile(cable, length);
      await expect.poll(() => admin.pubsub('NUMSUB', userChangesChannel)).toEqual([userChangesChannel, 1]);
    });
    return { admin, cable, ...listener, ...publisher };
  }

  it('wait five seconds, in which all come back that had listened', async () => {
    const at = await onCable(async () => {});
    await published(at.publisher);
    await at.cable.pull();
    await at.cable.plug();
    await published(at.publisher);
    expect(at.pauses).toEqual([5000, 5000]);
    await expect.poll(() => at.heard).toEqual([...written, ...written]);
  });

  it('wait no longer for who has left for good', async () => {
    const { url } = await ownRedis();
    const [cable, { redis }] = [await cableTo(url), await changeListener(url)];
    const { publisher, pauses } = publisherAt(`redis://127.0.0.1:${cable.port}`);
    await published(publisher);
    await redis.quit();
    await cable.pull();
    await cable.plug();
    await published(publisher);
    expect(pauses).toEqual([5000, 5000]);
  });

  it('wait anew when it is away again meanwhile', async () => {
    const at = await onCable(async (cable, pauses) => {
      if (pauses === 2) await cable.pull().then(() => cable.plug());
    });
    await published(at.publisher);
    await at.cable.pull();
    await at.cable.plug();
    await published(at.publisher);
    expect(at.pauses).toEqual([5000, 5000, 5000]);
  });

  it('wait from when it answers, not from when it is reached: it may be loading its data', async () => {
    const at = await onCable(async () => {});
    await published(at.publisher);
    await at.cable.pull();
    await at.admin.acl('SETUSER', 'publisher', '-ping');
    await at.cable.plug();
    await expect.poll(() => attempt(at.publisher), { timeout: 9000 }).toMatch(/NOPERM/);
    expect(at.pauses).toEqual([5000]);
    await at.admin.acl('SETUSER', 'publisher', '+ping');
    await published(at.publisher);
    expect(at.pauses).toEqual([5000, 5000]);
  });
});
