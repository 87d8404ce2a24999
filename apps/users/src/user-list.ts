import { Problem } from '@seaworthy/chassis/problem';
import type { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import type { UserRecord } from './user.ts';
import type { Position, Selection, UserOrder, Users } from './users.ts';

/** A list to read page by page. */
export interface UserListing extends Selection {
  order: UserOrder;
  pageSize: number;
  /** Where the page before has led to. */
  pageToken?: string | undefined;
}

/** A page; `nextPageToken` leads to the next one, and is absent on the last. */
export interface UserListPage {
  users: UserRecord[];
  nextPageToken?: string;
}

/**
 * Reads a page. Tokens are signed, and good only for the list that they were given out for; pages may differ in size.
 * @throws Problem of kind `bad-request` for any other token
 */
export async function pageOfUsers(users: Users, tokens: SignedTokens, listing: UserListing): Promise<UserListPage> {
  const { order, pageSize, pageToken, deleted, filter } = listing;
  const query = JSON.stringify([order, deleted ?? false, filter ?? null]);
  const after = pageToken === undefined ? undefined : readPosition(tokens, pageToken, query);
  const found = await users.list({ deleted, filter, order, after, limit: pageSize + 1 });
  const page = found.slice(0, pageSize);
  const last = page.at(-1);
  if (found.length <= pageSize || !last) return { users: page };
  return { users: page, nextPageToken: tokens.write(writePosition(last, order), query) };
}

function writePosition({ id, email = '', createdAt }: UserRecord, { by }: UserOrder): Buffer {
  return Buffer.from(id + (by === 'email' ? email : createdAt));
}

const idLength = 36;

function readPosition(tokens: SignedTokens, token: string, query: string): Position {
  const content = tokens.read(token, query);
  if (typeof content === 'string') throw refusals[content]();
  const text = content.toString();
  return { id: text.slice(0, idLength), key: text.slice(idLength) };
}

const refusals = {
  malformed: () => refusal('must be the nextPageToken of a page'),
  'other-key': () => refusal('is from before a restart: begin again with the first page'),
  'other-query': () => refusal('belongs to another query: send the one that it was given out for'),
};

function refusal(detail: string): Problem {
  return new Problem('bad-request', 'The page token cannot be followed.', {
    errors: [{ pointer: '?pageToken', code: 'page-token', detail }],
  });
}
