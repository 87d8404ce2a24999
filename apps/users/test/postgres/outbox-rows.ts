import type { UserChange } from '@seaworthy/contracts/users';
import type { Kysely } from 'kysely';
import type { Tables } from '../../src/postgres/database.ts';

/** Makes the function that leaves these changes in the outbox, and no others. */
export function fillOutbox(kysely: Kysely<Tables>) {
  return async (changes: readonly UserChange[]): Promise<void> => {
    await kysely.deleteFrom('outbox').execute();
    for (const { userId, version, type, at } of changes)
      await kysely.insertInto('outbox').values({ user_id: userId, version, type, at }).execute();
  };
}
