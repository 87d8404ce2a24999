import { createHash } from 'node:crypto';
import type { Preparation } from '@seaworthy/chassis/prepared-answers';
import { Type } from 'typebox';
import type { Standing } from '../read-model.ts';

interface Answered {
  body: string;
  /** What makes two answers different for a caller. Their age does not: else there would never be a 304. */
  identity: readonly string[];
  standing: Pick<Standing, 'trueForMilliseconds'> & { freshness: Standing['freshness'] | null };
  headers?: Readonly<Record<string, string>>;
}

/** An answer with its age, good until it is a second older. */
export function freshAnswer({ body, identity, standing, headers }: Answered): Preparation {
  const { freshness, trueForMilliseconds } = standing;
  const hash = createHash('sha256');
  for (const text of identity) hash.update(text).update('\0');
  return {
    body: Buffer.from(body),
    contentType: 'application/json; charset=utf-8',
    tag: hash.digest('base64url').slice(0, 22),
    // Asking again costs no more than asking a cache would, and `Age` stays the whole truth.
    headers: {
      ...(freshness && { age: String(freshness.ageSeconds) }),
      'cache-control': 'private, no-cache',
      ...headers,
    },
    freshForMilliseconds: trueForMilliseconds,
  };
}

/** The errors of an answer as part of its identity: when they are retried changes all the time. */
export function errorIdentity({ errors }: Standing): string {
  return errors
    .map(({ subscriptionId, status, code, served }) => `${subscriptionId} ${status} ${code} ${served}`)
    .join();
}

/** Response headers of answers that can be asked for again with `If-None-Match`. */
export const freshHeaders = {
  age: { type: 'integer', minimum: 0, description: 'Seconds since the oldest part of the answer was read.' },
  etag: { type: 'string', description: 'Strong; the same as long as nothing but the age has changed.' },
};

/** Request headers of questions whose answer the caller may have already. */
export const Conditional = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'The `ETag` of the answer that the caller has.' })),
});

/** The response of a caller that has the answer already. */
export const notModified = {
  304: { type: 'null', description: 'The caller has the answer: see If-None-Match.' },
} as const;
