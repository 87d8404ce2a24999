import type { Json } from '../user.ts';
import type { UserFilter } from '../user-filter.ts';
import { userFilterOf } from './filter/compile-filter.ts';
import { type Projection, projectionOf } from './projection.ts';
import { Refusal, type ScimType } from './refusal.ts';
import type { Values } from './schemas/read-value.ts';

/** How long pages are: when nothing is said, and at most. */
export const pageSizes = { default: 100, most: 200 } as const;

/** Which users, which part of their list, and what of each. */
export interface ListRequest {
  filter?: UserFilter;
  projection: Projection;
  count: number;
  /** Where the page before has led to; empty for the first page (RFC 9865). */
  cursor?: string;
  /** 1 is the first user. */
  startIndex: number;
}

const farthest = 2 ** 31 - 1;

/**
 * Reads the query of a list, or the body of a search, which have the same members. Sorting is not supported, and what
 * asks for it is passed over (RFC 7644, section 3.4.2.3).
 * @throws Refusal
 */
export function readListRequest(source: Values): ListRequest {
  const { filter, cursor } = source;
  const request: ListRequest = {
    projection: readProjection(source),
    count: Math.min(readInteger(source, 'count', 'invalidCount') ?? pageSizes.default, pageSizes.most),
    startIndex: Math.max(readInteger(source, 'startIndex', 'invalidValue') ?? 1, 1),
  };
  if (isThere(filter)) request.filter = userFilterOf(readText(filter, 'filter', 'invalidFilter'));
  if (!isThere(cursor)) return request;
  if (isThere(source['startIndex'])) throw new Refusal('invalidValue', 'Send either cursor or startIndex, not both.');
  return { ...request, cursor: readText(cursor, 'cursor', 'invalidCursor') };
}

/** Reads what of a user the caller wants to see. */
export function readProjection({ attributes, excludedAttributes }: Values): Projection {
  return projectionOf(readNames(attributes, 'attributes'), readNames(excludedAttributes, 'excludedAttributes'));
}

/** Names in a query are separated by commas; in a body they are a list. */
function readNames(value: Json | undefined, name: string): string[] | undefined {
  if (!isThere(value) || value === '') return undefined;
  const names = typeof value === 'string' ? value.split(',') : value;
  if (Array.isArray(names) && names.every((each) => typeof each === 'string')) return names as string[];
  throw new Refusal('invalidValue', `${name} must be names of attributes.`);
}

function readInteger(source: Values, name: string, fault: ScimType): number | undefined {
  const value = source[name];
  if (!isThere(value)) return undefined;
  if (typeof value === 'object' || !/^[+-]?\d+$/.test(String(value)))
    throw new Refusal(fault, `${name} must be an integer.`);
  return Math.min(Math.max(Number(value), 0), farthest);
}

function readText(value: Json, name: string, fault: ScimType): string {
  if (typeof value === 'string') return value;
  throw new Refusal(fault, `${name} must be one text.`);
}

function isThere(value: Json | undefined): value is Exclude<Json, null> {
  return value !== undefined && value !== null;
}
