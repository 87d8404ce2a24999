import { mostAttributes } from '@seaworthy/contracts/users';
import { requireVersion } from '../entity-tag.ts';
import { type Added, keptHours, type Once, usedForSomethingElse } from '../once.ts';
import { alreadyTaken, alreadyThere, tooManyAttributes } from '../refusals.ts';
import type { UserEdit, UserRecord } from '../user.ts';
import { matches } from '../user-filter.ts';
import type { Position, Selection, Slice, UserOrder, Users } from '../users.ts';

/** Users in a Map: for tests, and for describing the API without a database. */
export function memoryUsers(): Users {
  const byId = new Map<string, UserRecord>();
  const answers = new Map<string, Once & { user: UserRecord }>();

  function find(id: string): UserRecord | undefined {
    const user = byId.get(id);
    return user?.status === 'deleted' ? undefined : user;
  }

  function put(user: UserRecord): UserRecord {
    const name = nameOf(user);
    for (const other of byId.values()) {
      if (other.id === user.id || other.status === 'deleted') continue;
      if (user.email !== undefined && other.email === user.email) throw alreadyTaken('email');
      if (name !== undefined && nameOf(other) === name) throw alreadyTaken('userName');
    }
    byId.set(user.id, user);
    return user;
  }

  function select({ deleted = false, filter }: Selection): UserRecord[] {
    const among = [...byId.values()].filter(({ status }) => (status === 'deleted') === deleted);
    return filter ? among.filter((user) => matches(filter, user)) : among;
  }

  function addOnce(user: UserRecord, once: Once): Added {
    const name = JSON.stringify([once.caller, once.key]);
    const kept = answers.get(name);
    if (kept && hoursBetween(kept.user, user) < keptHours) {
      if (kept.fingerprint !== once.fingerprint) throw usedForSomethingElse();
      return { user: kept.user, replayed: true };
    }
    const added = add(user);
    answers.set(name, { ...once, user: added.user });
    return added;
  }

  function add(user: UserRecord): Added {
    if (find(user.id)) throw alreadyThere();
    return { user: put({ ...user, version: (byId.get(user.id)?.version ?? 0) + 1 }), replayed: false };
  }

  return {
    add: async (user, once) => (once ? addOnce(user, once) : add(user)),
    find: async (id) => find(id),
    async list({ order, limit, after, offset = 0, ...selection }: Slice) {
      const sorted = select(selection).toSorted((a, b) => compare(positionOf(a, order), positionOf(b, order), order));
      const rest = after ? sorted.filter((user) => compare(positionOf(user, order), after, order) > 0) : sorted;
      return rest.slice(offset, offset + limit);
    },
    count: async (selection) => select(selection).length,
    async edit(id, edit, { at, versions }) {
      const user = find(id);
      if (!user) return undefined;
      requireVersion(versions, user.version);
      return put({ ...edited(user, edit), version: user.version + 1, updatedAt: later(user.updatedAt, at) });
    },
    async remove(id, { at, versions }) {
      const user = byId.get(id);
      if (!user) return 'unknown';
      if (user.status === 'deleted') return 'already-removed';
      requireVersion(versions, user.version);
      byId.set(id, { ...user, status: 'deleted', version: user.version + 1, updatedAt: later(user.updatedAt, at) });
      return 'removed';
    },
  };
}

function edited(user: UserRecord, { attributePatch, ...edit }: UserEdit): UserRecord {
  const merged = attributePatch && { attributes: without(null, { ...user.attributes, ...attributePatch }) };
  const next = without(null, { ...user, ...without(undefined, edit), ...merged }) as UserRecord;
  if (Object.keys(next.attributes ?? {}).length > mostAttributes) throw tooManyAttributes();
  return next;
}

/** Null removes, and undefined leaves. */
function without(absent: null | undefined, value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== absent));
}

function nameOf({ userName, email }: UserRecord): string | undefined {
  return userName ?? email;
}

function positionOf({ id, createdAt, email = '' }: UserRecord, { by }: UserOrder): Position {
  return { key: by === 'email' ? email : createdAt, id };
}

function compare(a: Position, b: Position, { descending }: UserOrder): number {
  const [left, right] = [a, b].map(({ key, id }) => `${key}\0${id}`) as [string, string];
  if (left === right) return 0;
  return left < right !== descending ? -1 : 1;
}

function later(instant: string, other: string): string {
  return other > instant ? other : instant;
}

function hoursBetween(first: UserRecord, second: UserRecord): number {
  return (Date.parse(second.createdAt) - Date.parse(first.createdAt)) / 3_600_000;
}
