import { describe, expect, it } from 'vitest';
import { createTestDatabase, serverUrl } from './postgres/test-database.ts';
import { open, start, temporaryDirectory } from './users-process.ts';

describe('migrate.ts', () => {
  it('exits 78 naming what is wrong, and asks for nothing that only a service needs', async () => {
    const job = start('migrate', { NODE_ENV: 'production' });
    expect(await job.ended).toBe(78);
    expect(job.output()).toMatch(/^users cannot migrate. A setting is wrong:\n {2}DATABASE_URL is needed/);
  });

  it('exits 78 naming what the identity needs that is to get into Postgres', async () => {
    const job = start('migrate', { DATABASE_AUTH: 'entra', DATABASE_URL: 'postgresql://db.example/users' });
    expect(await job.ended).toBe(78);
    const missing = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'];
    for (const name of missing) expect(job.output()).toContain(`${name} is needed, as DATABASE_AUTH is entra`);
  });

  it('exits 0 with the tables made, in the embedded Postgres as well', async () => {
    const job = start('migrate', { DATABASE_DIR: temporaryDirectory() });
    expect(await job.ended).toBe(0);
    expect(job.output()).toContain('2026-11-23-users');
  });

  it.skipIf(!serverUrl)('lets a service start that must not migrate', async () => {
    const database = await createTestDatabase();
    const env = { DATABASE_URL: database.url, MIGRATE_AT_START: 'false' };
    const early = start('main', { ...open, ...env });
    expect(await early.ended).toBe(1);
    expect(early.output()).toContain('run migrate.ts first');
    expect(await start('migrate', env).ended).toBe(0);
    const service = start('main', { ...open, ...env });
    expect(await service.listening()).toMatch(/^http:/);
    await database.drop();
  });

  it.skipIf(!serverUrl)('exits 0 for all of many that run at once', async () => {
    const database = await createTestDatabase();
    const jobs = Array.from({ length: 3 }, () => start('migrate', { DATABASE_URL: database.url }));
    expect(await Promise.all(jobs.map((job) => job.ended))).toEqual([0, 0, 0]);
    expect(await database.run('select name from kysely_migration')).toHaveLength(3);
    await database.drop();
  });
});
