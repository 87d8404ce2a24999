import { randomUUID } from 'node:crypto';
import { cableTo } from '@seaworthy/redis/test/cable';
import { redisUrl, redisUser } from '@seaworthy/redis/test/real-redis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { freshChanges } from '../change-publisher.contract.ts';
import { connectedPublisher, listener, publisherAt } from './publisher-at.ts';

const outage = 'changes cannot be published to redis';

/** The URL of a user of the real Redis who may do what the rules say. */
async function userWith(...rules: string[]): Promise<string> {
  const { name } = await redisUser(...rules);
  return `redis://${name}:first@${new URL(redisUrl ?? '').host}`;
}

it('drops and counts what meets no Redis, says so once, and closes', async () => {
  const { publisher, outcomes, linesWith } = publisherAt('redis://127.0.0.1:1');
  for (let reading = 1; reading <= 3; reading += 1) {
    publisher.publish(freshChanges(700));
    await expect.poll(() => outcomes.dropped).toBe(700 * reading);
  }
  expect(outcomes).toMatchObject({ published: 0, duplicate: 0 });
  await expect.poll(() => linesWith(outage)).toBe(1);
  await expect(publisher.close()).resolves.toBeUndefined();
});

it('takes no more than it can hold, and more again when that is done', async () => {
  const { publisher, outcomes } = publisherAt('redis://127.0.0.1:1');
  const changes = freshChanges(20_700);
  publisher.publish(changes);
  expect(outcomes.dropped).toBe(700);
  await expect.poll(() => outcomes.dropped, { timeout: 10_000 }).toBe(20_700);
  publisher.publish(changes.slice(700));
  expect(outcomes.dropped).toBe(20_700);
});

describe.skipIf(!redisUrl)('on a real Redis', () => {
  it('publishes again when it comes back', async () => {
    const [cable, prefix] = [await cableTo(redisUrl ?? ''), randomUUID()];
    const received = await listener(prefix);
    const { publisher, outcomes, linesWith } = await connectedPublisher(`redis://127.0.0.1:${cable.port}`);
    await cable.pull();
    publisher.publish(freshChanges(1, prefix));
    await expect.poll(() => outcomes.dropped).toBe(1);
    await cable.plug();
    await expect.poll(() => linesWith('redis connected'), { timeout: 15_000 }).toBe(2);
    publisher.publish(freshChanges(2, prefix));
    await expect.poll(() => received.length).toBe(2);
    await expect.poll(() => outcomes.published).toBe(2);
    expect([linesWith(outage), linesWith('redis connected')]).toEqual([1, 2]);
  });

  it.each([
    ['SET', []],
    ['GET', ['+set', '~groupz:*']],
  ])('needs only PUBLISH on its channel; without %s each replica publishes', async (_command, rules) => {
    const [url, prefix] = [await userWith('+publish', '&groupz.changes', ...rules), randomUUID()];
    const received = await listener(prefix);
    const [one, other] = [await connectedPublisher(url), await connectedPublisher(url)];
    one.publisher.publish(freshChanges(1, prefix));
    other.publisher.publish(freshChanges(1, prefix));
    await expect.poll(() => received.length).toBe(2);
    expect(one.outcomes).toEqual({ published: 1, duplicate: 0, dropped: 0 });
  });

  it('drops and counts what Redis refuses, and says so once', async () => {
    const url = await userWith('+set', '+get', '~groupz:*');
    const { publisher, outcomes, linesWith } = await connectedPublisher(url);
    for (const count of [1, 2]) {
      publisher.publish(freshChanges(1));
      await expect.poll(() => outcomes.dropped).toBe(count);
    }
    expect([linesWith(outage), linesWith('NOPERM')]).toEqual([1, 1]);
  });

  it('waits two seconds at its end for a Redis that does not answer, no longer', async () => {
    const cable = await cableTo(redisUrl ?? '');
    const { publisher, outcomes } = await connectedPublisher(`redis://127.0.0.1:${cable.port}`);
    cable.freeze();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    publisher.publish(freshChanges(1));
    const closed = publisher.close();
    await vi.advanceTimersByTimeAsync(1999);
    expect(outcomes).toEqual({ published: 0, duplicate: 0, dropped: 0 });
    await vi.advanceTimersByTimeAsync(1);
    await closed;
    await vi.advanceTimersByTimeAsync(2000);
    await vi.waitFor(() => expect(outcomes.dropped).toBe(1));
  });

  it('never logs a password, right or wrong', async () => {
    const { host } = new URL(redisUrl ?? '');
    const { lines, linesWith } = publisherAt(`redis://nobody:hunter2@${host}`);
    await expect.poll(() => linesWith(outage)).toBe(1);
    expect(lines.join('')).not.toContain('hunter2');
    expect(linesWith('redis connected')).toBe(0);
  });
});
