import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Why a token cannot be followed. */
export type TokenFault = 'malformed' | 'other-key' | 'other-query';

const lengths = { key: 4, query: 8, signature: 16 };
const shortest = lengths.key + lengths.query + lengths.signature;

/**
 * Opaque texts that callers carry from one request to the next: signed (HMAC-SHA256, RFC 2104), as callers must not
 * make them up, and bound to the query that they were given out for. Their content can be read by anybody. The name of
 * the key is in the token, so that one from before a rotation is told from one that somebody made up.
 */
export class SignedTokens {
  readonly #key: () => string;
  #named: { key: string; name: Buffer } | undefined;

  /** The key is asked for each time, as it may be rotated. */
  constructor(key: () => string) {
    this.#key = key;
  }

  /** Writes content of any length as base64url, which goes into a URL as it is. */
  write(content: Buffer, query: string): string {
    const signed = Buffer.concat([this.#name(), digestOf(query), content]);
    return Buffer.concat([signed, this.#sign(signed)]).toString('base64url');
  }

  /** The content of a token that was written for the query with the key of now. */
  read(token: string, query: string): Buffer | TokenFault {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length < shortest || bytes.toString('base64url') !== token) return 'malformed';
    const signed = bytes.subarray(0, -lengths.signature);
    if (!signed.subarray(0, lengths.key).equals(this.#name())) return 'other-key';
    if (!timingSafeEqual(this.#sign(signed), bytes.subarray(-lengths.signature))) return 'malformed';
    const beforeContent = lengths.key + lengths.query;
    if (!signed.subarray(lengths.key, beforeContent).equals(digestOf(query))) return 'other-query';
    return signed.subarray(beforeContent);
  }

  #name(): Buffer {
    const key = this.#key();
    if (this.#named?.key !== key) this.#named = { key, name: nameOf(key) };
    return this.#named.name;
  }

  #sign(signed: Buffer): Buffer {
    return createHmac('sha256', this.#key()).update(signed).digest().subarray(0, lengths.signature);
  }
}

function nameOf(key: string): Buffer {
  return hash('sha256', `name of ${key}`, 'buffer').subarray(0, lengths.key);
}

function digestOf(query: string): Buffer {
  return hash('sha256', query, 'buffer').subarray(0, lengths.query);
}
