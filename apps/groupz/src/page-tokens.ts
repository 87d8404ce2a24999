import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Where a page begins: bound to one catalog and one query. */
export interface PagePosition {
  /** `Catalog.id` */
  catalogId: string;
  /** `queryKey` of the query. */
  query: string;
  /** How many groups come before it. */
  offset: number;
}

/** Why a token cannot be followed. */
export type PageTokenFault = 'malformed' | 'other-key' | 'other-query';

const lengths = { key: 4, catalog: 12, query: 8, offset: 4, signature: 16 };
const contentLength = lengths.key + lengths.catalog + lengths.query + lengths.offset;

/**
 * Page tokens: opaque, and signed, as callers must not make up positions. With the same key, tokens of one replica are
 * good for all that have read the same groups; the name of the key is in the token, so that one from before a restart
 * is told from one that somebody made up.
 */
export class PageTokens {
  readonly #key: () => string;

  /** The key is asked for each time, as it may be rotated. */
  constructor(key: () => string) {
    this.#key = key;
  }

  write({ catalogId, query, offset }: PagePosition): string {
    const place = Buffer.alloc(lengths.offset);
    place.writeUInt32BE(offset);
    const parts = [nameOf(this.#key()), Buffer.from(catalogId, 'base64url'), digestOf(query), place];
    const content = Buffer.concat(parts);
    return Buffer.concat([content, this.#sign(content)]).toString('base64url');
  }

  /** Reads a token that was given out for the query. */
  read(token: string, query: string): Omit<PagePosition, 'query'> | PageTokenFault {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== contentLength + lengths.signature || bytes.toString('base64url') !== token) return 'malformed';
    const content = bytes.subarray(0, contentLength);
    if (!content.subarray(0, lengths.key).equals(nameOf(this.#key()))) return 'other-key';
    if (!timingSafeEqual(this.#sign(content), bytes.subarray(contentLength))) return 'malformed';
    const afterCatalog = lengths.key + lengths.catalog;
    if (!content.subarray(afterCatalog, afterCatalog + lengths.query).equals(digestOf(query))) return 'other-query';
    return {
      catalogId: content.subarray(lengths.key, afterCatalog).toString('base64url'),
      offset: content.readUInt32BE(contentLength - lengths.offset),
    };
  }

  #sign(content: Buffer): Buffer {
    return createHmac('sha256', this.#key()).update(content).digest().subarray(0, lengths.signature);
  }
}

function nameOf(key: string): Buffer {
  return createHash('sha256').update(`name of ${key}`).digest().subarray(0, lengths.key);
}

function digestOf(query: string): Buffer {
  return createHash('sha256').update(query).digest().subarray(0, lengths.query);
}
