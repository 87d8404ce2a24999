import { createHash } from 'node:crypto';
import { Problem } from '@seaworthy/chassis/problem';
import type { UserRecord } from './user.ts';

/** How long the answer to a creation is kept for its repetitions. */
export const keptHours = 24;

/** What makes a creation happen once, however often it is asked for (draft-ietf-httpapi-idempotency-key-header-07). */
export interface Once {
  /** Whose key it is: callers cannot meet each other's keys. */
  caller: string;
  key: string;
  /** What was asked for; a key that comes with something else is refused. */
  fingerprint: string;
}

/** A user that was taken in, as it was then. */
export interface Added {
  user: UserRecord;
  /** Whether it was taken in by an earlier call. */
  replayed: boolean;
}

/** A digest of a JSON value that does not depend on the order of its members. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('base64url');
}

/** The refusal of a call whose first one is still under way. */
export function stillInProgress(): Problem {
  return new Problem('conflict', 'A request with this Idempotency-Key is in progress: repeat it in a second.', {
    retryAfterSeconds: 1,
  });
}

/** The refusal of a key that was used for something else. */
export function usedForSomethingElse(): Problem {
  const detail = 'was sent with another body before: take a new key';
  return new Problem('invalid', 'This Idempotency-Key belongs to another request.', {
    errors: [{ pointer: 'Idempotency-Key', code: 'idempotency-key', detail }],
  });
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
