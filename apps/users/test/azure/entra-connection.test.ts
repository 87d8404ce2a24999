import { type Emulator, SEED_FILE, startEmulator } from '@seaworthy/azure-emulator/emulator';
import { readSeed } from '@seaworthy/azure-emulator/seed';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EntraPasswords } from '../../src/azure/entra-passwords.ts';
import type { Database } from '../../src/postgres/database.ts';
import { openServer } from '../../src/postgres/server.ts';
import { type OwnServer, postgresPrograms, startOwnServer } from '../postgres/own-server.ts';
import { poolSettings } from '../postgres/test-database.ts';
import { silentLog } from '../users-server.ts';
import { emulatedIdentity } from './emulated-identity.ts';

describe.skipIf(!postgresPrograms)('a Postgres that takes the tokens of Entra and nothing else', () => {
  let [server, emulator]: [OwnServer?, Emulator?] = [];
  beforeAll(async () => {
    [server, emulator] = await Promise.all([startOwnServer(), startEmulator({ seed: readSeed(SEED_FILE) })]);
    await server.run('create role users_service login');
  });
  afterAll(() => Promise.all([server?.stop(), emulator?.close()]));

  const accept = (token = '') => server?.run(`alter role users_service password '${token}'`);

  /** Takes the first of two tokens that Entra has issued. */
  async function openWithTokens() {
    const ask = emulatedIdentity(emulator as Emulator);
    const tokens = [await ask(), await ask()] as const;
    let given = 0;
    const next = async () => (given++ === 0 ? tokens[0] : tokens[1]);
    const passwords = new EntraPasswords({ ask: next, now: Date.now, log: silentLog });
    await accept(tokens[0].token);
    const url = server?.url.replace('test@', 'users_service@') ?? '';
    const database = await openServer(poolSettings(url, { DATABASE_POOL_SIZE: 2 }), silentLog, passwords);
    onTestFinished(() => database.close());
    return { database, second: tokens[1].token, given: () => given };
  }

  it('is opened by one token for many connections', async () => {
    const { database, given } = await openWithTokens();
    await Promise.all([nap(database), nap(database)]);
    expect(given()).toBe(1);
  });

  it('is opened by a new token when it takes the old one no more', async () => {
    const { database, second, given } = await openWithTokens();
    await accept(second);
    await Promise.all([nap(database), nap(database)]);
    expect(given()).toBe(2);
  });
});

function nap({ kysely }: Database): Promise<unknown> {
  return sql`select pg_sleep(0.2)`.execute(kysely);
}
