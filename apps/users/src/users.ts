import { randomUUIDv7 } from 'node:crypto';
import { Problem } from '@seaworthy/chassis/problem';
import { pageSizes, type User, type UserDraft, type UserPatch, type UserStatus } from '@seaworthy/contracts/users';
import { patched } from './user-patch.ts';

/** Which users to list, and where to go on. */
interface UserSelection {
  email?: string | undefined;
  status?: UserStatus | undefined;
  /** The id of the last user that the caller has seen. */
  after?: string | undefined;
}

/**
 * Where users are kept. An e-mail address belongs to one user at most: whoever would take it twice gets a Problem of
 * kind `conflict`. A store that cannot answer at the moment throws a Problem of kind `unavailable`.
 */
export interface Users {
  add(user: User): Promise<void>;
  find(id: string): Promise<User | undefined>;
  /** The oldest `limit` users of the selection by id, without gaps or repetitions from page to page. */
  list(selection: UserSelection, limit: number): Promise<User[]>;
  /** Puts `change(user)` in the user's place, without losing any other change that happens at the same time. */
  change(id: string, change: (user: User) => User): Promise<User | undefined>;
  /** Answers whether there was such a user. */
  remove(id: string): Promise<boolean>;
}

/** Takes a new user in, active from `now` on. */
export async function registerUser(users: Users, draft: UserDraft, now: Date): Promise<User> {
  const at = now.toISOString();
  const user: User = {
    ...draft,
    id: randomUUIDv7(),
    email: foldEmail(draft.email),
    status: 'active',
    createdAt: at,
    updatedAt: at,
  };
  await users.add(user);
  return user;
}

/** The user with this id. */
export async function userById(users: Users, id: string): Promise<User> {
  return (await users.find(foldId(id))) ?? noSuchUser();
}

/** A page of at most `size` users, oldest first; `next` tells where to go on, and is absent on the last page. */
export async function pageOfUsers(
  users: Users,
  { email, ...selection }: UserSelection,
  size: number = pageSizes.default,
): Promise<{ page: User[]; next?: string }> {
  const limit = Math.min(size, pageSizes.most);
  const found = await users.list({ ...selection, email: email && foldEmail(email) }, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return found.length > limit && last ? { page, next: last.id } : { page };
}

/** Tells the time: an argument, so that a use-case can read it late and a test can set it. */
export type Now = () => Date;

/** Changes what the patch names, at `now` or, where another pod's clock was ahead, at the time of the last change. */
export async function amendUser(
  users: Users,
  id: string,
  { patch, now }: { patch: UserPatch; now: Now },
): Promise<User> {
  const folded = patch.email === undefined ? patch : { ...patch, email: foldEmail(patch.email) };
  const change = (user: User) => ({ ...patched(user, folded), updatedAt: later(user.updatedAt, now()) });
  return (await users.change(foldId(id), change)) ?? noSuchUser();
}

/** Forgets a user; the e-mail address is free again. */
export async function removeUser(users: Users, id: string): Promise<void> {
  if (!(await users.remove(foldId(id)))) noSuchUser();
}

function later(instant: string, date: Date): string {
  const other = date.toISOString();
  return other > instant ? other : instant;
}

function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** UUIDs are written in lower case, but read in any (RFC 9562, section 4). */
function foldId(id: string): string {
  return id.toLowerCase();
}

function noSuchUser(): never {
  throw new Problem('not-found', 'There is no user with this id.');
}
