import { SignedTokens, type TokenFault } from '@seaworthy/chassis/signed-tokens';

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
export type PageTokenFault = TokenFault;

const lengths = { catalog: 12, offset: 4 };

/** Page tokens. With the same key, tokens of one replica are good for all that have read the same groups. */
export class PageTokens {
  readonly #tokens: SignedTokens;

  /** The key is asked for each time, as it may be rotated. */
  constructor(key: () => string) {
    this.#tokens = new SignedTokens(key);
  }

  write({ catalogId, query, offset }: PagePosition): string {
    const place = Buffer.alloc(lengths.offset);
    place.writeUInt32BE(offset);
    return this.#tokens.write(Buffer.concat([Buffer.from(catalogId, 'base64url'), place]), query);
  }

  /** Reads a token that was given out for the query. */
  read(token: string, query: string): Omit<PagePosition, 'query'> | PageTokenFault {
    const content = this.#tokens.read(token, query);
    if (typeof content === 'string') return content;
    if (content.length !== lengths.catalog + lengths.offset) return 'malformed';
    return {
      catalogId: content.subarray(0, lengths.catalog).toString('base64url'),
      offset: content.readUInt32BE(lengths.catalog),
    };
  }
}
