import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../src/postgres/embedded.ts';
import { createTestDatabase, serverUrl } from './postgres/test-database.ts';
import { open, start, temporaryDirectory } from './users-process.ts';
import { ada, created, silentLog } from './users-server.ts';

describe('main.ts on the embedded Postgres', () => {
  const template = mkdtempSync(join(tmpdir(), 'users-template-'));
  beforeAll(async () => (await openEmbedded(template, silentLog)).close());
  afterAll(() => rmSync(template, { recursive: true }));

  /** Settings for a service on a database of its own, which need not be created first: that takes seconds. */
  function embeddedSettings(): typeof open & { DATABASE_DIR: string } {
    const directory = temporaryDirectory();
    cpSync(template, directory, { recursive: true });
    return { ...open, DATABASE_DIR: directory };
  }

  it('finds after kill -9 what it had answered before', async () => {
    const env = embeddedSettings();
    const first = start('main', env);
    const user = await created(supertest.agent(await first.listening()));
    first.child.kill('SIGKILL');
    await first.ended;
    const { status, body } = await supertest(await start('main', env).listening()).get(`/users/${user.id}`);
    expect(status).toBe(200);
    expect(body).toEqual(user);
  });

  it('says which database it uses, and refuses a second process', async () => {
    const env = embeddedSettings();
    const first = start('main', env);
    await first.listening();
    const second = start('main', env);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`another process uses ${env.DATABASE_DIR}: stop it, or set DATABASE_DIR`);
    expect(first.output()).toContain('embedded Postgres (PGlite), development only');
  });

  it('begins anew after it was killed while creating the database', async () => {
    const env = { ...open, DATABASE_DIR: temporaryDirectory() };
    const first = start('main', env);
    await expect
      .poll(() => existsSync(join(env.DATABASE_DIR, 'initialising')), { interval: 5, timeout: 9000 })
      .toBe(true);
    first.child.kill('SIGKILL');
    await first.ended;
    await created(supertest.agent(await start('main', env).listening()));
    expect(existsSync(join(env.DATABASE_DIR, 'initialising'))).toBe(false);
  });

  it('exits 0 on SIGTERM, ready until then', async () => {
    const service = start('main', embeddedSettings());
    const { body } = await supertest(await service.listening()).get('/readyz');
    expect(body).toEqual({ status: 'ok', checks: { postgres: 'ok' } });
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });
});

describe('main.ts in production', () => {
  it('exits 78 naming DATABASE_URL along with all else that is missing', async () => {
    const service = start('main', { NODE_ENV: 'production' });
    expect(await service.ended).toBe(78);
    const missing = ['AUTH_ISSUER', 'AUTH_AUDIENCE', 'DATABASE_URL'];
    for (const name of missing) expect(service.output()).toMatch(new RegExp(`^ {2}${name} is needed`, 'm'));
  });

  it('exits 78 for a DATABASE_URL that is no URL, without showing it', async () => {
    const service = start('main', { NODE_ENV: 'production', DATABASE_URL: 'postgres://u:hunter2@:bad host/' });
    expect(await service.ended).toBe(78);
    for (const name of ['AUTH_ISSUER is needed', 'DATABASE_URL is no URL'])
      expect(service.output()).toMatch(new RegExp(`^ {2}${name}`, 'm'));
    expect(service.output()).not.toMatch(/hunter2|bad host/);
  });

  it.skipIf(!serverUrl)('serves from a real Postgres', async () => {
    const database = await createTestDatabase();
    const service = start('main', { ...open, NODE_ENV: 'production', DATABASE_URL: database.url });
    await created(supertest.agent(await service.listening()));
    expect(await database.run('select email from users')).toEqual([{ email: ada.email }]);
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    await database.drop();
  });

  it.skipIf(!serverUrl)('exits 1 with a clear message when Postgres refuses', async () => {
    const url = new URL(serverUrl ?? '');
    Object.assign(url, { pathname: 'nowhere', password: url.password || 'hunter2' });
    const service = start('main', { ...open, DATABASE_URL: url.href });
    expect(await service.ended).toBe(1);
    expect(service.output()).toContain(`Postgres at ${url.host} refuses us: database \\"nowhere\\" does not exist`);
    expect(service.output()).not.toContain(`:${url.password}@`);
  });
});
