import { Secret } from '@seaworthy/chassis/secret';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { PasswordSource } from '../../src/password-source.ts';
import type { Database } from '../../src/postgres/database.ts';
import { asking } from '../../src/postgres/postgres-errors.ts';
import { openServer } from '../../src/postgres/server.ts';
import { silentLog } from '../users-server.ts';
import { type OwnServer, postgresPrograms, startOwnServer } from './own-server.ts';
import { poolSettings } from './test-database.ts';

/** A source that gives its passwords in turn, each until it is refused. */
function passwordsInTurn(...passwords: string[]): PasswordSource & { refusals: string[] } {
  const refusals: string[] = [];
  return {
    refusals,
    current: async () => passwords[Math.min(refusals.length, passwords.length - 1)] ?? '',
    refused: (password) => void refusals.push(password),
  };
}

describe.skipIf(!postgresPrograms)('passwords that are no part of the URL, on a Postgres that asks for them', () => {
  const role = 'users_service';
  let server: OwnServer;
  beforeAll(async () => {
    server = await startOwnServer();
    await server.run(`create role ${role} login`);
  });
  afterAll(() => server.stop());
  beforeEach(() => server.run(`alter role ${role} password 'second'`));

  async function open(passwords: PasswordSource): Promise<Database> {
    const url = Object.assign(new URL(server.url), { username: role, password: '' }).href;
    const database = await openServer(poolSettings(url, { DATABASE_POOL_SIZE: 2 }), silentLog, passwords);
    onTestFinished(() => database.close());
    return database;
  }

  it('are asked for by each new connection', async () => {
    const passwords = passwordsInTurn('second');
    const database = await open(passwords);
    await database.check();
    expect(passwords.refusals).toEqual([]);
  });

  it('are asked for once more when one is refused, and nobody notices', async () => {
    const passwords = passwordsInTurn('first', 'second');
    const database = await open(passwords);
    await database.check();
    expect(passwords.refusals).toEqual(['first']);
  });

  it('unavailable when the next one is refused as well, and not a bug', async () => {
    const passwords = passwordsInTurn('second', 'third', 'fourth', 'fifth');
    const database = await open(passwords);
    await server.run(`alter role ${role} password 'rotated'`);
    const both = [nap(database), nap(database)];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { name: 'Problem', kind: 'unavailable', cause: { code: '28P01' } } });
    expect(passwords.refusals).toEqual(['second', 'third']);
  });

  it('are taken up after a rotation while connections go on', async () => {
    const passwords = passwordsInTurn('second', 'rotated');
    const database = await open(passwords);
    await server.run(`alter role ${role} password 'rotated'`);
    await Promise.all([nap(database), nap(database)]);
    expect(passwords.refusals).toEqual(['second']);
  });

  const withPassword = (password: string) => Object.assign(new URL(server.url), { username: role, password }).href;

  it('are read again at once, where they are in the file of the URL', async () => {
    const url = new Secret(withPassword('second'));
    const database = await openServer(poolSettings('', { DATABASE_URL: url }), silentLog);
    onTestFinished(() => database.close());
    await server.run(`alter role ${role} password 'rotated'`);
    url.refreshBy(async () => url.rotate(withPassword('rotated')));
    await expect(Promise.all([nap(database), nap(database)])).resolves.toHaveLength(2);
  });

  it('unavailable after the time for a connection, where that file hangs', async () => {
    const url = new Secret(withPassword('second'));
    const settings = poolSettings('', { DATABASE_URL: url, DATABASE_CONNECTION_TIMEOUT_SECONDS: 0.3 });
    const database = await openServer(settings, silentLog);
    onTestFinished(() => database.close());
    await server.run(`alter role ${role} password 'rotated'`);
    url.refreshBy(() => new Promise(() => undefined));
    const outcomes = await Promise.allSettled([nap(database), nap(database)]);
    const refused = outcomes.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { kind: 'unavailable', cause: { code: '28P01' } } });
  });
});

function nap({ kysely }: Database): Promise<unknown> {
  return asking(() => sql`select pg_sleep(0.2)`.execute(kysely));
}
