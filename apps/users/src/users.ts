import { Problem } from '@seaworthy/chassis/problem';
import type { Versions } from './entity-tag.ts';
import { nextId } from './next-id.ts';
import type { Added, Once } from './once.ts';
import { fold, type UserContent, type UserEdit, type UserRecord } from './user.ts';
import type { UserFilter } from './user-filter.ts';

/** Which users: those that are there, or instead those that are deleted. */
export interface Selection {
  deleted?: boolean | undefined;
  filter?: UserFilter | undefined;
}

/** By what users are ordered; equal ones by id, in the same direction. Without an e-mail address, as if it were empty. */
export interface UserOrder {
  by: 'createdAt' | 'email';
  descending: boolean;
}

/** The last user that a caller has seen: where a list goes on, whatever has become of that user. */
export interface Position {
  /** What the list is ordered by: an ISO 8601 time in UTC, or an address, perhaps empty. */
  key: string;
  id: string;
}

/** A part of a list. */
export interface Slice extends Selection {
  order: UserOrder;
  limit: number;
  after?: Position | undefined;
  /** How many users to pass over first; its cost grows with it. */
  offset?: number | undefined;
}

/** When a write happens, and from which versions of the user: absent means whatever there is. */
export interface WriteTerms {
  /** ISO 8601 in UTC. A user's `updatedAt` never goes back, though clocks do. */
  at: string;
  versions?: Versions | undefined;
}

/**
 * Where users are kept. An e-mail address belongs to one user at most among those that are not deleted, and so does the
 * name that a directory gives (`userName`, or the e-mail address where there is none): whoever would take one twice
 * gets a Problem of kind `conflict`. A write whose terms name other versions than the present one is refused by a
 * Problem of kind `precondition-failed`. A store that cannot answer at the moment throws one of kind `unavailable`.
 * What was acknowledged stays. Every write adds 1 to the version.
 */
export interface Users {
  /**
   * Takes a user in. The id of a deleted user may be taken again, its version goes on; that of one who is there is a
   * Problem of kind `precondition-failed`. With `once`, a repetition gets what the first call got.
   */
  add(user: UserRecord, once?: Once): Promise<Added>;
  /** The user with this id, unless it is deleted. */
  find(id: string): Promise<UserRecord | undefined>;
  /** Users in order, without gaps or repetitions from one position to the next. */
  list(slice: Slice): Promise<UserRecord[]>;
  count(selection: Selection): Promise<number>;
  /** Changes what `edit` names, in one step. Too many attributes after it are a Problem of kind `invalid`. */
  edit(id: string, edit: UserEdit, terms: WriteTerms): Promise<UserRecord | undefined>;
  /** Marks a user as deleted, which frees the address and the name. Terms do not matter to one that is deleted already. */
  remove(id: string, terms: WriteTerms): Promise<'removed' | 'already-removed' | 'unknown'>;
}

/** Tells the time: an argument, so that a use-case can read it late and a test can set it. */
export type Now = () => Date;

interface Addition {
  now: Now;
  /** Where the caller has chosen one. */
  id?: string | undefined;
  once?: Once | undefined;
}

/** Takes a new user in. */
export function addUser(users: Users, content: UserContent, { now, id, once }: Addition): Promise<Added> {
  const at = now().toISOString();
  const { displayName, status = 'active', externalId, attributes, profile } = content;
  const { email, userName } = folded(content);
  const user: UserRecord = {
    id: id === undefined ? nextId() : foldId(id),
    ...(email && { email }),
    ...(userName && { userName }),
    displayName,
    status,
    ...(externalId !== undefined && { externalId }),
    ...(attributes && { attributes }),
    ...(profile && { profile }),
    createdAt: at,
    updatedAt: at,
    version: 1,
  };
  return users.add(user, once);
}

/** The user with this id. */
export async function userById(users: Users, id: string): Promise<UserRecord> {
  return (await users.find(foldId(id))) ?? noSuchUser();
}

interface Writing {
  now: Now;
  versions?: Versions | undefined;
}

/** Changes what the edit names. */
export async function editUser(users: Users, id: string, change: Writing & { edit: UserEdit }): Promise<UserRecord> {
  const { edit, now, versions } = change;
  const terms: WriteTerms = { at: now().toISOString(), versions };
  return (await users.edit(foldId(id), { ...edit, ...folded(edit) }, terms)) ?? noSuchUser();
}

/**
 * Forgets a user; the e-mail address is free again.
 * @returns false when that had been done before
 */
export async function removeUser(users: Users, id: string, { now, versions }: Writing): Promise<boolean> {
  const outcome = await users.remove(foldId(id), { at: now().toISOString(), versions });
  return outcome === 'unknown' ? noSuchUser() : outcome === 'removed';
}

/** UUIDs are written in lower case, but read in any (RFC 9562, section 4). */
function foldId(id: string): string {
  return id.toLowerCase();
}

type Names = Pick<UserEdit, 'email' | 'userName'>;

/** Names as they are kept: folded, and none where it says the same as the address. */
function folded({ email, userName }: Names): Names {
  const address = email && fold(email);
  const name = userName && fold(userName);
  return { email: address, userName: name && name === address ? null : name };
}

function noSuchUser(): never {
  throw new Problem('not-found', 'There is no user with this id.');
}
