import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { type Cluster, startCluster } from '../../src/postgres/cluster.ts';
import { isRunning } from '../fixture/running.ts';

const none = 'There is no Postgres here (no initdb on PATH): install one, or set BENCH_DATABASE_URL.';

async function queried({ url }: Cluster, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(query);
  await client.end();
  return rows;
}

it('is a Postgres that syncs, and leaves nothing behind; or says that there is none', async () => {
  const cluster = await startCluster().catch(({ message }: Error) => message);
  if (typeof cluster === 'string') return expect(cluster).toBe(none);
  const [settings] = await queried(
    cluster,
    `select current_setting('fsync') as fsync, current_setting('data_directory') as folder`,
  );
  const { folder } = settings as { folder: string };
  expect([settings, isRunning(cluster.pid), existsSync(folder)]).toEqual([{ fsync: 'on', folder }, true, true]);
  await cluster[Symbol.asyncDispose]();
  expect([isRunning(cluster.pid), existsSync(folder)]).toEqual([false, false]);
}, 60_000);

it('says where there is no Postgres what to do', async () => {
  await expect(startCluster(['/nowhere'])).rejects.toThrow(none);
});
