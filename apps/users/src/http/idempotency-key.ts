import { Problem } from '@seaworthy/chassis/problem';
import { Type } from 'typebox';
import { fingerprintOf, type Once } from '../once.ts';

/** The header that makes a creation happen once. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Up to 255 visible ASCII characters, best a UUID, plain or as a quoted string. Kept for 24 hours: a repetition ' +
        'with the same body is answered as the first request was.',
    }),
  ),
});

/**
 * Reads the key as it comes from most clients, or quoted as the draft has it; both are the same key.
 * @throws Problem of kind `bad-request` for what is neither
 */
export function onceOf(header: string | undefined, caller: string, body: unknown): Once | undefined {
  if (header === undefined) return undefined;
  const key = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/.exec(header)?.[1]?.replace(/\\(.)/g, '$1') ?? header;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem('bad-request', 'The Idempotency-Key cannot be used.', {
      errors: [{ pointer: 'idempotency-key', code: 'pattern', detail: 'must be 1 to 255 visible ASCII characters' }],
    });
  return { caller, key, fingerprint: fingerprintOf(body) };
}
