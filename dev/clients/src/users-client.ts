import type { User, UserDraft, UserPage, UserPatch, UserQuery, UserReplacement } from '@seaworthy/contracts/users';
import { type CallerOptions, httpCaller, type Message } from './http-caller.ts';

/** A user as the caller has seen it. */
type Seen = Pick<User, 'id' | 'version'>;

/** A typed caller of the users API. */
export type UsersClient = ReturnType<typeof usersClient>;

/** Calls the users API. Its functions throw `ServiceError`, and what `fetch` throws when nobody answers. */
export function usersClient(options: CallerOptions) {
  const call = httpCaller(options);
  async function ask<T>(method: string, path: string, message: Message = {}): Promise<T> {
    const response = await call(method, path, message);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const list = (query: UserQuery = {}) => ask<UserPage>('GET', `/users${search(query)}`);

  return {
    /** With a key it may be repeated until it succeeds: the user is taken in once. */
    create: (body: UserDraft, key?: string) =>
      ask<User>('POST', '/users', { body, headers: key ? { 'idempotency-key': key } : {} }),
    show: (id: string) => ask<User>('GET', path(id)),
    /** Changes the user as it was seen; refused with 412 when somebody else was faster. */
    change: (seen: Seen, body: UserPatch) => ask<User>('PATCH', path(seen.id), { body, headers: ifMatch(seen) }),
    replace: (seen: Seen, body: UserReplacement) => ask<User>('PUT', path(seen.id), { body, headers: ifMatch(seen) }),
    remove: (id: string) => ask<undefined>('DELETE', path(id)),
    list,
    /** All users of a query, page after page. */
    async *all(query: UserQuery = {}): AsyncGenerator<User> {
      let pageToken: string | undefined;
      do {
        const page = await list({ ...query, ...(pageToken && { pageToken }) });
        yield* page.value;
        pageToken = page.nextPageToken;
      } while (pageToken);
    },
  };
}

function ifMatch({ version }: Seen): Record<string, string> {
  return { 'if-match': `"${version}"` };
}

function path(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

function search(query: UserQuery): string {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
}
