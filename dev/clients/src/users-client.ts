import type { User, UserDraft, UserPage, UserPatch, UserQuery } from '@seaworthy/contracts/users';
import { type CallerOptions, httpCaller } from './http-caller.ts';

/** A typed caller of the users API. */
export type UsersClient = ReturnType<typeof usersClient>;

/** Calls the users API. Its functions throw `ServiceError`, and what `fetch` throws when nobody answers. */
export function usersClient(options: CallerOptions) {
  const call = httpCaller(options);
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await call(method, path, body);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const list = (query: UserQuery = {}) => ask<UserPage>('GET', `/users${search(query)}`);

  return {
    create: (draft: UserDraft) => ask<User>('POST', '/users', draft),
    show: (id: string) => ask<User>('GET', path(id)),
    change: (id: string, patch: UserPatch) => ask<User>('PATCH', path(id), patch),
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

function path(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

function search(query: UserQuery): string {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
}
