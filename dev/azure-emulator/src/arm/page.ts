import type { FastifyRequest } from 'fastify';
import { ArmError } from '../arm-error.ts';
import type { GroupList } from '../group-list.ts';
import { queryValue, requestOrigin } from '../http-app.ts';
import type { ResourceGroup } from '../seed.ts';

const LARGEST_PAGE = 1000;

interface PageRequest {
  readonly request: FastifyRequest;
  readonly listenerUrl: string;
  readonly pageSize: number;
  readonly wanted: (group: ResourceGroup) => boolean;
}

interface GroupPage {
  readonly groups: readonly ResourceGroup[];
  /** Absolute, with `$skiptoken`; absent on the last page. */
  readonly nextLink?: string;
}

/**
 * Cuts one page of the groups wanted. The token names the last group seen, so groups that come or go between two
 * pages are neither repeated nor the cause of a skip. Throws an ArmError for a bad `$top` or `$skiptoken`.
 */
export function pageOf(groups: GroupList, { request, listenerUrl, pageSize, wanted }: PageRequest): GroupPage {
  const after = readSkipToken(queryValue(request, '$skiptoken'));
  const size = readTop(queryValue(request, '$top')) ?? pageSize;
  // One more than the page holds: whether there is another page.
  const found = collect(groups, { from: after === undefined ? 0 : groups.indexAfter(after), wanted, count: size + 1 });
  const page = found.slice(0, size);
  const last = page.at(-1);
  if (last === undefined || page.length === found.length) return { groups: page };
  const origin = requestOrigin(request, listenerUrl);
  // A request line may hold a whole URL: its host must not become the link's.
  const { pathname, search } = new URL(request.url, origin);
  const link = new URL(`${pathname}${search}`, origin);
  link.searchParams.set('$skiptoken', Buffer.from(last.name.toLowerCase()).toString('base64url'));
  return { groups: page, nextLink: link.href };
}

interface Collection {
  readonly from: number;
  readonly wanted: PageRequest['wanted'];
  readonly count: number;
}

function collect({ sorted }: GroupList, { from, wanted, count }: Collection): ResourceGroup[] {
  const found: ResourceGroup[] = [];
  for (let index = from; index < sorted.length && found.length < count; index += 1) {
    const group = sorted[index];
    if (group !== undefined && wanted(group)) found.push(group);
  }
  return found;
}

function readTop(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const top = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (top > 0) return Math.min(top, LARGEST_PAGE);
  throw new ArmError('InvalidTopInQueryString', `Invalid $top '${value}' specified in the query string.`);
}

function readSkipToken(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const name = Buffer.from(value, 'base64url').toString('utf8');
  if (name !== '' && Buffer.from(name).toString('base64url') === value) return name;
  throw new ArmError('InvalidSkipToken', `Invalid $skiptoken '${value}' specified in the query string.`);
}
