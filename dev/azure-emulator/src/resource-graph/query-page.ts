import { createHash } from 'node:crypto';
import { ArmError } from '../arm-error.ts';
import type { Row } from './expression.ts';
import type { QueryRequest } from './query-request.ts';

/** Rows of a page, at most and when the caller does not say. */
export const LARGEST_PAGE = 1000;

interface QueryPage {
  readonly rows: readonly Row[];
  /** Leads to the next page; absent on the last. */
  readonly skipToken?: string;
  /** Whether there is more that no token leads to. */
  readonly truncated: boolean;
}

interface Result {
  readonly rows: readonly Row[];
  readonly limited: boolean;
}

/**
 * Cuts a page. Its token holds how many rows to leave out, as the service's does: what changes between two pages may
 * be repeated or left out. Throws an ArmError for a token of another query.
 */
export function queryPage({ rows, limited }: Result, request: QueryRequest): QueryPage {
  const from = offsetOf(request);
  // The service does not skip within a query that has a limit.
  const start = limited ? 0 : from.skip;
  const page = rows.slice(start, start + from.top);
  const more = start + page.length < rows.length;
  if (!more || limited) return { rows: page, truncated: more };
  const next = { skip: start + page.length, top: from.top };
  return { rows: page, truncated: false, skipToken: skipToken(next, request) };
}

/** The token that leads to the page that the request itself asks for. */
export function ownSkipToken(request: QueryRequest): string {
  return skipToken(offsetOf(request), request);
}

interface Offset {
  readonly skip: number;
  readonly top: number;
}

function offsetOf(request: QueryRequest): Offset {
  const { $top, $skip = 0, $skipToken } = request.options ?? {};
  if (!$skipToken) return { skip: $skip, top: $top ?? LARGEST_PAGE };
  const [skip, top, query] = Buffer.from($skipToken, 'base64url').toString('utf8').split(' ');
  if (query !== fingerprint(request)) {
    throw new ArmError('BadRequest', 'The $skipToken is invalid, or belongs to another query.');
  }
  return { skip: Number(skip), top: $top ?? Number(top) };
}

function skipToken({ skip, top }: Offset, request: QueryRequest): string {
  return Buffer.from(`${skip} ${top} ${fingerprint(request)}`).toString('base64url');
}

function fingerprint({ query, subscriptions }: QueryRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([query, subscriptions ?? null]))
    .digest('base64url');
}
