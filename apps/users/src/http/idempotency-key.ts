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

const quotedKey = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
const plainKey = /^[\x21\x23-\x7e]+$/;

/**
 * Reads the key as it comes from most clients, or as a string of RFC 9651 (section 3.3.3) as the draft has it; both are
 * the same key.
 * @throws Problem of kind `bad-request` for what is neither
 */
export function onceOf(header: string | undefined, caller: string, body: unknown): Once | undefined {
  if (header === undefined) return undefined;
  const key = quotedKey.exec(header)?.[1]?.replace(/\\(.)/g, '$1') ?? plainKey.exec(header)?.[0] ?? '';
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem('bad-request', 'The Idempotency-Key cannot be used.', {
      errors: [
        {
          pointer: 'idempotency-key',
          code: 'pattern',
          detail: 'must be 1 to 255 visible ASCII characters, in a pair of quotes or in none',
        },
      ],
    });
  return { caller, key, fingerprint: fingerprintOf(body) };
}
