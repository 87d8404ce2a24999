import { randomUUID } from 'node:crypto';
import type { Added, Once } from '../once.ts';
import type { UserRecord } from '../user.ts';
import type { Users } from '../users.ts';
import { askingAgain } from './asking-again.ts';
import { type Change, kindOfChange, type Newcomer } from './batch-statements.ts';
import { batchedFinds } from './batched-finds.ts';
import { batchedWrites } from './batched-writes.ts';
import { isUserId } from './canonical.ts';
import type { Database } from './database.ts';
import { addUnderKey, keptAnswer, keysUnderWay } from './idempotency-keys.ts';
import { countStatement, listStatement } from './list-statements.ts';
import { sharedLists } from './shared-lists.ts';
import { run } from './statement.ts';
import { type UserRow, userColumns, userOf } from './user-row.ts';
import { addUser, addUsers, changeUser, changeUsers, removeUser } from './user-writes.ts';
import type { Write } from './write-statements.ts';

interface StoreOptions {
  /** Whom to wake after changes were committed. Without it they are not put into the outbox: nobody would drain it. */
  changes?: { written(): void } | undefined;
  /** How long to repeat what failed for a fault that passes. */
  patienceMilliseconds?: number | undefined;
}

/** Users in the table `users`: one statement for each operation, and another only to find out why it did nothing. */
export function postgresUsers({ kysely }: Pick<Database, 'kysely'>, options: StoreOptions = {}): Users {
  const { changes, patienceMilliseconds: patience } = options;
  const holdingKey = keysUnderWay();

  /**
   * Repeats a write until its outcome is known; what it then finds to be its own doing was its success, and is answered
   * as the user is by then. Only should the user have been written many times in between, it is done once more.
   */
  const untilKnown = <T>(write: (before: number) => Promise<T>) => askingAgain(write, patience);

  async function writing<T>(write: (as: Write) => Promise<T>): Promise<T> {
    const outcome = await write({ writeId: newWriteId(), told: changes !== undefined });
    changes?.written();
    return outcome;
  }

  const add = batchedWrites<Newcomer, Added>({
    idOf: ({ user }) => user.id,
    kindOf: () => 'new',
    together: (all) => addUsers(kysely, all),
    alone: ({ user, ...as }) => untilKnown(() => addUser(kysely, user, as)),
  });

  const edit = batchedWrites<Change, UserRecord | undefined>({
    idOf: ({ id }) => id,
    kindOf: kindOfChange,
    together: (all) => changeUsers(kysely, all),
    alone: (change) => untilKnown(() => changeUser(kysely, change)),
  });

  const find = batchedFinds(async (ids) => {
    const [one] = ids;
    const statement = ids.length === 1 ? { text: findOne, values: [one] } : { text: findMany, values: [ids] };
    const rows = await askingAgain(() => run<UserRow>(kysely, statement), patience);
    return new Map(rows.map((row) => [row.id, userOf(row)]));
  });

  const list = sharedLists(async (statement) => {
    const rows = await askingAgain(() => run<UserRow>(kysely, statement), patience);
    return rows.map(userOf);
  });

  async function addOnce(user: UserRecord, once: Once): Promise<Added> {
    const kept = await askingAgain(() => keptAnswer(kysely, once, user.createdAt), patience);
    if (kept) return { user: kept, replayed: true };
    return holdingKey(once, () =>
      writing((as) => untilKnown((before) => addUnderKey(kysely, { ...as, user, once, before }))),
    );
  }

  return {
    add: (user, once?: Once) => (once ? addOnce(user, once) : writing((as) => add({ user, ...as }))),
    find: async (id) => (isUserId(id) ? find(id) : undefined),
    list: async (slice) => list(listStatement(kysely, slice)),
    async count(selection) {
      const statement = countStatement(kysely, selection);
      const [row] = await askingAgain(() => run<{ count: number }>(kysely, statement), patience);
      return row?.count ?? 0;
    },
    edit: async (id, what, terms) =>
      isUserId(id) ? writing((as) => edit({ id, edit: what, ...terms, ...as })) : undefined,
    remove: async (id, terms) =>
      isUserId(id) ? writing((as) => untilKnown(() => removeUser(kysely, { id, ...terms, ...as }))) : 'unknown',
  };
}

/** 60 random bits. Unlike other sources of them, that of UUIDs does not ask the system each time. */
function newWriteId(): string {
  return String(BigInt.asIntN(64, BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 16)}`)));
}

const findOne = `select ${userColumns} from users where id = $1 and status <> 'deleted'`;
const findMany = `select ${userColumns} from users where id = any($1::uuid[]) and status <> 'deleted'`;
