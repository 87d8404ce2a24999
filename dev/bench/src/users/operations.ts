import { type Exchange, prepareExchange, type Source } from '../http/exchange.ts';
import { type KnownUser, userAt } from './rows.ts';

/** What a page has when nothing else is said. */
export const pageSize = 50;

/** Makes the requests of an operation: the n-th of them, and which answers to it are right. */
export type Operation = (nth: number) => Exchange;

/** The operations on so many users. Reads ask for the first half and changes for the second: no change meets a read. */
export function operationsOn(rows: number): Record<'get' | 'list' | 'create' | 'patch', Operation> {
  const half = rows / 2;
  // Coprime to the halves that are used here: every user has a turn, and neighbours are far apart.
  const spread = (nth: number) => (nth * 30_803) % half;
  const firstPage = listAfter('', 0);
  return {
    get: (nth) => getUser(spread(nth)),
    list: () => firstPage,
    create: (nth) => createUser(nth),
    patch: (nth) => renameUser(half + spread(nth), nth),
  };
}

/** A page that begins after so many users, asked for with the token of a contestant; none is the first page. */
export function listAfter(pageToken: string, skipped: number): Exchange {
  const users = Array.from({ length: pageSize }, (_, index) => userAt(skipped + index));
  const query = pageToken === '' ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
  let known = Buffer.alloc(0);
  return {
    path: `/users?pageSize=${pageSize}${query}`,
    faultOf(body) {
      if (known.length > 0 && known.equals(body)) return undefined;
      const { value } = jsonOf<{ value: readonly KnownUser[] }>(body) ?? {};
      if (value?.length !== pageSize) return 'answers with a page of another length';
      if (!value.every((user, index) => isSame(user, users[index] as KnownUser))) return 'answers with other users';
      known = Buffer.from(body); // the reader overwrites the bytes
      return undefined;
    },
  };
}

/** The requests of an operation for one server, from the n-th of them on. */
export function sourceOf(operation: Operation, port: number): Source {
  let nth = 0;
  return () => prepareExchange(operation(nth++), port);
}

function getUser(n: number): Exchange {
  const user = userAt(n);
  return {
    path: `/users/${user.id}`,
    faultOf: (body) => (isSame(jsonOf<KnownUser>(body), user) ? undefined : 'answers with another user'),
  };
}

function createUser(nth: number): Exchange {
  const json = { email: `new-${nth}@example.com`, displayName: `New ${nth}` };
  return {
    method: 'POST',
    path: '/users',
    json,
    status: 201,
    faultOf(body) {
      const { id = '', email, displayName, status, createdAt } = jsonOf<KnownUser>(body) ?? {};
      const isNew = id.length === 36 && status === 'active' && Date.parse(createdAt ?? '') > 0;
      return isNew && email === json.email && displayName === json.displayName ? undefined : 'creates another user';
    },
  };
}

function renameUser(n: number, nth: number): Exchange {
  const user = userAt(n);
  const json = { displayName: `Renamed ${nth}` };
  return {
    method: 'PATCH',
    path: `/users/${user.id}`,
    // This service asks for it; the others have no versions.
    headers: { 'if-match': '*' },
    json,
    faultOf(body) {
      const changed = jsonOf<KnownUser>(body);
      if (!isSame(changed, { ...user, ...json, updatedAt: changed?.updatedAt ?? '' }))
        return 'answers with other changes';
      return (changed?.updatedAt ?? '') > user.updatedAt ? undefined : 'does not tell when it was changed';
    },
  };
}

function isSame(user: KnownUser | undefined, known: KnownUser): boolean {
  return (
    user !== undefined &&
    user.id === known.id &&
    user.email === known.email &&
    user.displayName === known.displayName &&
    user.status === known.status &&
    user.createdAt === known.createdAt &&
    user.updatedAt === known.updatedAt
  );
}

function jsonOf<T>(body: Buffer): T | undefined {
  try {
    return JSON.parse(body.toString()) as T;
  } catch {
    return undefined;
  }
}
