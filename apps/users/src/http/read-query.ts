import { Problem } from '@seaworthy/chassis/problem';
import type { UserQuery } from '@seaworthy/contracts/users';
import { instantOf } from '../instant.ts';
import { fold } from '../user.ts';
import type { UserFilter } from '../user-filter.ts';
import type { Selection, UserOrder } from '../users.ts';

/** The order that a query asks for. */
export function orderOf({ sort = 'createdAt' }: UserQuery): UserOrder {
  return { by: sort.endsWith('email') ? 'email' : 'createdAt', descending: sort.startsWith('-') };
}

/** The users that a query means: those for which all of its parameters hold. */
export function selectionOf(query: UserQuery): Selection {
  const { status, email, externalId, createdAfter, createdBefore, q } = query;
  const all: UserFilter[] = [];
  if (status !== undefined && status !== 'deleted') all.push({ field: 'status', is: 'eq', value: status });
  if (email !== undefined) all.push({ field: 'email', is: 'eq', value: fold(email) });
  if (externalId !== undefined) all.push({ field: 'externalId', is: 'eq', value: externalId });
  if (createdAfter !== undefined)
    all.push({ field: 'createdAt', is: 'gt', value: instant('createdAfter', createdAfter) });
  if (createdBefore !== undefined)
    all.push({ field: 'createdAt', is: 'lt', value: instant('createdBefore', createdBefore) });
  if (q !== undefined) all.push({ any: [beginning('displayName', q), beginning('email', q)] });
  return { deleted: status === 'deleted', ...(all.length > 0 && { filter: { all } }) };
}

function beginning(field: 'displayName' | 'email', text: string): UserFilter {
  return { field, is: 'sw', value: text.toLowerCase() };
}

function instant(name: string, text: string): string {
  const instant = instantOf(text);
  if (instant !== undefined) return instant;
  throw new Problem('bad-request', 'The query is not valid.', {
    errors: [{ pointer: `?${name}`, code: 'format', detail: 'must be a date and time (RFC 3339)' }],
  });
}
