import { cableTo } from '@seaworthy/redis/test/cable';
import { Client } from 'pg';
import supertest, { type Agent } from 'supertest';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { changeListener } from './change-listener.ts';
import { hasOwnRedis, ownRedis } from './own-redis.ts';
import { createTestDatabase, serverUrl, type TestDatabase } from './postgres/test-database.ts';
import { open, start } from './users-process.ts';
import { created } from './users-server.ts';

const patient = { timeout: 20_000 };

describe.skipIf(!serverUrl || !hasOwnRedis)('the changes of acknowledged writes', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  async function serve(redis: string) {
    const service = start('main', { ...open, DATABASE_URL: database.url, REDIS_URL: redis });
    return { ...service, api: supertest.agent(await service.listening()) };
  }

  it('are told by the next process when one was killed before it could tell', async () => {
    const { url } = await ownRedis();
    const { versionsOf } = await changeListener(url);
    const cable = await cableTo(url);
    await cable.pull();
    const first = await serve(`redis://127.0.0.1:${cable.port}`);
    const id = await createAndRename(first.api, 3);
    await kill(first);
    expect(versionsOf(id)).toEqual([]);
    await serve(url);
    await expect.poll(() => versionsOf(id), patient).toEqual([1, 2, 3, 4]);
    await expect.poll(() => database.run('select 1 from outbox'), patient).toEqual([]);
  });

  it('are told once more when a process was killed after it had told and before it forgot', async () => {
    const { url } = await ownRedis();
    const { versionsOf } = await changeListener(url);
    const cable = await cableTo(url);
    await cable.pull();
    const first = await serve(`redis://127.0.0.1:${cable.port}`);
    const id = await createAndRename(first.api, 2);
    const release = await holdOutbox(database.url);
    await cable.plug();
    await expect.poll(() => versionsOf(id), patient).toEqual([1, 2, 3]);
    await kill(first);
    await release();
    await serve(url);
    await expect.poll(() => versionsOf(id), patient).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('are told in order, whichever of two processes wrote them', async () => {
    const { url } = await ownRedis();
    const { versionsOf } = await changeListener(url);
    const services = [await serve(url), await serve(url)] as const;
    const id = await createAndRename(services[0].api, 0);
    for (let n = 0; n < 40; n += 1) await rename(services[n % 2 === 0 ? 0 : 1].api, id, n);
    await expect.poll(() => new Set(versionsOf(id)).size, patient).toBe(41);
    expect([...new Set(versionsOf(id))]).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  });

  it('are told before a process ends on request', async () => {
    const { url } = await ownRedis();
    const { versionsOf } = await changeListener(url);
    const service = await serve(url);
    const id = await createAndRename(service.api, 0);
    await expect.poll(() => versionsOf(id), patient).toEqual([1]);
    for (let n = 0; n < 5; n += 1) await rename(service.api, id, n);
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    await expect.poll(() => versionsOf(id)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

async function createAndRename(api: Agent, times: number): Promise<string> {
  const { id } = await created(api);
  for (let n = 0; n < times; n += 1) await rename(api, id, n);
  return id;
}

async function rename(api: Agent, id: string, n: number): Promise<void> {
  await api
    .patch(`/users/${id}`)
    .set('If-Match', '*')
    .send({ displayName: `Ada ${n}` })
    .expect(200);
}

async function kill({ child, ended }: Awaited<ReturnType<typeof start>>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/** Lets nobody delete what is in the outbox now, until released. */
async function holdOutbox(url: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  await client.query('begin; select 1 from outbox for update');
  return () => client.end();
}
