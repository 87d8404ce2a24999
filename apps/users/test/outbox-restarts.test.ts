import supertest, { type Agent } from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeListener } from './change-listener.ts';
import { hasOwnRedis, ownRedis } from './own-redis.ts';
import { createTestDatabase, serverUrl, type TestDatabase } from './postgres/test-database.ts';
import { open, start } from './users-process.ts';
import { ada, created, grace } from './users-server.ts';

const patient = { timeout: 20_000, interval: 20 };
const minutes = 60_000;

describe.skipIf(!serverUrl || !hasOwnRedis)('the changes of writes that go on while Redis is killed', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('are all heard by who listens, in order, after five restarts and a kill -9', {
    timeout: 3 * minutes,
  }, async () => {
    const redis = await ownRedis();
    const slow = { retryStrategy: () => 3000 };
    const listeners = [await changeListener(redis.url), await changeListener(redis.url, slow)] as const;
    const serve = async () => {
      const process = start('main', { ...open, DATABASE_URL: database.url, REDIS_URL: redis.url });
      return { ...process, api: supertest.agent(await process.listening()) };
    };
    const service = { current: await serve() };
    const writers = [await writer(ada, () => service.current.api), await writer(grace, () => service.current.api)];
    for (let restart = 1; restart <= 5; restart += 1) {
      await redis.kill();
      if (restart === 3) {
        service.current.child.kill('SIGKILL');
        service.current = await serve();
      }
      await redis.start();
      const { length } = listeners[0].heard;
      await expect.poll(() => listeners[0].heard.length, patient).toBeGreaterThan(length + 10);
    }
    for (const { id, stop } of writers) {
      const latest = await stop();
      expect(latest).toBeGreaterThan(50);
      for (const { versionsOf } of listeners) await expectAll(() => versionsOf(id), latest);
    }
  });
});

/** Waits for all versions up to `latest`. What is told again adds nothing; what was never acknowledged may come, too. */
async function expectAll(versions: () => readonly number[], latest: number): Promise<void> {
  await expect.poll(() => new Set(versions()).size, patient).toBeGreaterThanOrEqual(latest);
  const firstArrivals = [...new Set(versions())];
  expect(firstArrivals).toEqual(firstArrivals.map((_, index) => index + 1));
}

/** Creates a user and writes to it all the time; `stop` answers the latest version that was acknowledged. */
async function writer(draft: typeof ada | typeof grace, api: () => Agent) {
  const { id } = await created(api(), draft);
  let [isWriting, latest] = [true, 1];
  const write = async () => {
    const { status, body } = await api()
      .patch(`/users/${id}`)
      .set('If-Match', '*')
      .send({ displayName: `${latest}` });
    if (status === 200) latest = body.version;
  };
  const writing = (async () => {
    while (isWriting) await write().catch(() => new Promise(setImmediate)); // the service is away
  })();
  const stop = async () => {
    isWriting = false;
    await writing;
    return latest;
  };
  return { id, stop };
}
