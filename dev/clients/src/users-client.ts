import type { ProblemDetails } from '@seaworthy/contracts/problem';
import type { User, UserDraft, UserPage, UserPatch, UserQuery } from '@seaworthy/contracts/users';

/** An answer of the users API that is no success. */
export class UsersError extends Error {
  override readonly name = 'UsersError';
  readonly status: number;
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails) {
    super([problem.title, problem.detail].filter(Boolean).join(': '));
    this.status = problem.status;
    this.problem = problem;
  }
}

interface UsersClientOptions {
  /** Where the service is, with whatever path stands before `/users`. */
  baseUrl: string;
  /** An access token, asked for before each request. */
  token?: () => string | Promise<string>;
  fetch?: typeof globalThis.fetch;
}

/** A typed caller of the users API. */
export type UsersClient = ReturnType<typeof usersClient>;

/** Calls the users API at `baseUrl`. Its functions throw `UsersError`, and what `fetch` throws when nobody answers. */
export function usersClient(options: UsersClientOptions) {
  const ask = requester(options);
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

function requester({ baseUrl, token, fetch = globalThis.fetch }: UsersClientOptions) {
  const base = baseUrl.replace(/\/$/, '');
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        accept: 'application/json, application/problem+json',
        ...(token && { authorization: `Bearer ${await token()}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new UsersError(await problemOf(response));
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
}

/** Gateways between us and the service answer in formats of their own. */
async function problemOf(response: Response): Promise<ProblemDetails> {
  const { status, statusText } = response;
  const text = await response.text();
  const ours = response.headers.get('content-type')?.startsWith('application/problem+json');
  return ours
    ? (JSON.parse(text) as ProblemDetails)
    : { type: 'about:blank', title: statusText || `${status}`, status };
}

function path(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

function search(query: UserQuery): string {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
}
