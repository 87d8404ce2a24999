import { Problem } from '@seaworthy/chassis/problem';
import type { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import type { UserRecord } from '../user.ts';
import { pageOfUsers } from '../user-list.ts';
import type { UserOrder, Users } from '../users.ts';
import type { ListRequest } from './list-request.ts';
import { Refusal } from './refusal.ts';

/** The part of a list that was asked for, and how long the whole of it is. */
export interface UserPart {
  users: UserRecord[];
  totalResults: number;
  startIndex?: number;
  nextCursor?: string;
}

const order: UserOrder = { by: 'createdAt', descending: false };

/** Reads a part of the list: oldest first, either from an index on or from where a cursor leads to. */
export async function partOfUsers(users: Users, tokens: SignedTokens, request: ListRequest): Promise<UserPart> {
  const { filter, startIndex, cursor } = request;
  const [totalResults, part] = await Promise.all([
    users.count({ filter }),
    cursor === undefined ? partByIndex(users, request) : partByCursor(users, tokens, { ...request, cursor }),
  ]);
  return { totalResults, ...(cursor === undefined && { startIndex }), ...part };
}

async function partByIndex(users: Users, { filter, startIndex, count }: ListRequest): Promise<Pick<UserPart, 'users'>> {
  if (count === 0) return { users: [] };
  return { users: await users.list({ filter, order, limit: count, offset: startIndex - 1 }) };
}

/** @throws Refusal `invalidCursor`, `expiredCursor` or `invalidCount` (RFC 9865, section 2.1) */
async function partByCursor(
  users: Users,
  tokens: SignedTokens,
  { filter, count, cursor }: ListRequest & { cursor: string },
): Promise<Omit<UserPart, 'totalResults'>> {
  if (count === 0) throw new Refusal('invalidCount', 'With a cursor, count must be 1 at least.');
  const pageToken = cursor === '' ? undefined : cursor;
  // A token of another key is told as such before anything else is looked at.
  if (pageToken !== undefined && tokens.read(pageToken, '') === 'other-key')
    throw new Refusal('expiredCursor', 'The cursor has expired: begin again with an empty one.');
  try {
    const page = await pageOfUsers(users, tokens, { filter, order, pageSize: count, pageToken });
    const { nextPageToken } = page;
    return { users: page.users, ...(nextPageToken !== undefined && { nextCursor: nextPageToken }) };
  } catch (error) {
    throw isAboutToken(error) ? new Refusal('invalidCursor', 'The cursor is none that this query has led to.') : error;
  }
}

function isAboutToken(error: unknown): boolean {
  return error instanceof Problem && error.errors?.[0]?.code === 'page-token';
}
