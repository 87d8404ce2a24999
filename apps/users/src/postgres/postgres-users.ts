import type { User } from '@seaworthy/contracts/users';
import type { Kysely } from 'kysely';
import type { Users } from '../users.ts';
import type { Database, Tables } from './database.ts';
import { asking } from './postgres-errors.ts';
import { rowOf, userOf } from './user-row.ts';

/** Users in the table `users`. */
export function postgresUsers({ kysely }: Pick<Database, 'kysely'>): Users {
  return {
    add: (user) =>
      asking(async () => {
        await kysely.insertInto('users').values(rowOf(user)).execute();
      }),

    find: (id) =>
      asking(async () => {
        const row = await kysely.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
        return row && userOf(row);
      }),

    list: ({ email, status, after }, limit) =>
      asking(async () => {
        let query = kysely.selectFrom('users').selectAll().orderBy('id').limit(limit);
        if (after !== undefined) query = query.where('id', '>', after);
        if (email !== undefined) query = query.where('email', '=', email);
        if (status !== undefined) query = query.where('status', '=', status);
        return (await query.execute()).map(userOf);
      }),

    change: (id, change) => asking(() => changeLocked(kysely, id, change)),

    remove: (id) =>
      asking(async () => {
        const { numDeletedRows } = await kysely.deleteFrom('users').where('id', '=', id).executeTakeFirstOrThrow();
        return numDeletedRows > 0n;
      }),
  };
}

/** Reads, changes and writes a user in one transaction that holds the row, so that changes at once wait in line. */
function changeLocked(kysely: Kysely<Tables>, id: string, change: (user: User) => User): Promise<User | undefined> {
  return kysely.transaction().execute(async (transaction) => {
    const query = transaction.selectFrom('users').selectAll().where('id', '=', id);
    const row = await query.forUpdate().executeTakeFirst();
    if (!row) return undefined;
    const user = change(userOf(row));
    await transaction.updateTable('users').set(rowOf(user)).where('id', '=', id).execute();
    return user;
  });
}
