import type {
  ChangePage,
  ResourceGroup,
  ResourceGroupNames,
  ResourceGroupPage,
  SubscriptionList,
} from '@seaworthy/contracts/groupz';
import { type CallerOptions, httpCaller } from './http-caller.ts';

/** A typed caller of groupz. */
export type GroupzClient = ReturnType<typeof groupzClient>;

/** The parameters of a query; a repeated one as an array. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Calls groupz. Its functions throw `ServiceError`, and what `fetch` throws when nobody answers. */
export function groupzClient(options: CallerOptions) {
  const call = httpCaller(options);
  const get = async <T>(path: string, query: Query = {}) =>
    (await (await call('GET', path + textOf(query))).json()) as T;

  const pageOfGroups = (query?: Query) => get<ResourceGroupPage>('/v1/resource-groups', query);
  return {
    /** The names of all resource groups, and how many seconds ago they were read. */
    async listGroups(): Promise<{ names: ResourceGroupNames; ageSeconds: number }> {
      const response = await call('GET', '/groupz');
      const names = (await response.json()) as ResourceGroupNames;
      return { names, ageSeconds: Number(response.headers.get('age')) };
    },
    /** A page of the groups that meet the query. */
    pageOfGroups,
    /** The groups that meet the query, page by page, all from one snapshot. */
    async *groups(query: Query = {}): AsyncGenerator<ResourceGroupPage['value'][number]> {
      for (let pageToken: string | undefined; ; ) {
        const { value, nextPageToken } = await pageOfGroups({ ...query, pageToken });
        yield* value;
        if (nextPageToken === undefined) return;
        pageToken = nextPageToken;
      }
    },
    group: (subscriptionId: string, name: string) =>
      get<ResourceGroup>(`/v1/subscriptions/${subscriptionId}/resource-groups/${encodeURIComponent(name)}`),
    subscriptions: () => get<SubscriptionList>('/v1/subscriptions'),
    /** What changed since the cursor, waiting for it; without a cursor, only where to begin. */
    changes: (since?: string, wait?: number) => get<ChangePage>('/v1/resource-groups/changes', { since, wait }),
  };
}

function textOf(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) if (each !== undefined) parameters.append(name, String(each));
  }
  return parameters.size > 0 ? `?${parameters}` : '';
}
