import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { embedded } from '../../src/postgres/embedded.ts';
import { embeddedOutbox } from '../../src/postgres/outbox.ts';
import { outboxContract, written } from '../outbox.contract.ts';
import { silentLog } from '../users-server.ts';
import { fillOutbox } from './outbox-rows.ts';

describe('the outbox in the embedded Postgres', () => {
  let database: Database;

  outboxContract(async () => {
    database = embedded(await PGlite.create(), silentLog);
    await database.migrate();
    const { kysely, close } = database;
    return { outbox: embeddedOutbox(kysely), fill: fillOutbox(kysely), close };
  });

  it('holds up no request while nobody takes the changes', async () => {
    await fillOutbox(database.kysely)(written);
    const [begun, hanging] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const drained = embeddedOutbox(database.kysely).drain(10, () => {
      begun.resolve();
      return hanging.promise;
    });
    await begun.promise;
    await database.check();
    hanging.resolve();
    expect(await drained).toBe(3);
  });
});
