import type { IncomingHttpHeaders } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import Negotiator from 'negotiator';

/** A successful answer that many callers get. */
export interface AnswerContent {
  body: Buffer;
  contentType: string;
  /** The opaque part of the entity tag: equal as long as the answer means the same to its callers. */
  tag: string;
  headers: Readonly<Record<string, string>>;
}

/** What to answer a caller: without a body when it has the answer already. */
export interface Choice {
  readonly status: 200 | 304;
  /** Names and values in turn; not to be changed, though Node's types ask for a list that could be. */
  readonly headers: string[];
  readonly body: Buffer | undefined;
  /** A small body's bytes as text in latin1: Node sends it in one piece with the headers, a Buffer in a second one. */
  readonly binaryText: string | undefined;
}

/** An answer in one content coding, ready to be written. */
interface Variant {
  readonly etag: string;
  readonly whole: Choice;
  /** Without a body (RFC 9110, section 15.4.5). */
  readonly notModified: Choice;
}

type Coding = 'identity' | 'gzip' | 'br';

const smallestCompressed = 1024;
const largestText = 4 * 1024;
const codings: readonly Coding[] = ['br', 'gzip', 'identity'];
const suffixes: Readonly<Record<Coding, string>> = { identity: '', gzip: '-gzip', br: '-br' };

/**
 * An answer with its representations: each content coding is made at most once, when a first caller wants it, and has
 * an entity tag of its own (RFC 9110, section 8.8.3.3). A caller that names any of them has the answer: what they mean
 * is the same, and a client that changes its codings need not load it again.
 */
export class PreparedAnswer {
  readonly #content: AnswerContent;
  readonly #coded: Map<Coding, Buffer>;
  readonly #variants = new Map<Coding, Variant>();

  /** An answer with the same body as the one that it follows takes over what was coded for that. */
  constructor(content: AnswerContent, outdated?: PreparedAnswer) {
    this.#content = content;
    this.#coded = new Map();
    if (outdated && outdated.size === content.body.length && outdated.#content.body.equals(content.body))
      this.#coded = outdated.#coded;
  }

  /** Bytes of the body as it is without a content coding. */
  get size(): number {
    return this.#content.body.length;
  }

  /** Chooses by `Accept-Encoding` and `If-None-Match`. */
  choose(request: IncomingHttpHeaders): Choice {
    const variant = this.#variant(this.#codingFor(request['accept-encoding']));
    return this.#isKnown(request['if-none-match'], variant.etag) ? variant.notModified : variant.whole;
  }

  #codingFor(accepted: string | undefined): Coding {
    if (accepted === undefined || this.#content.body.length < smallestCompressed) return 'identity';
    return preferredCoding(accepted);
  }

  #isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
    if (ifNoneMatch === undefined) return false;
    if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
    const tags = ifNoneMatch.matchAll(/"([^"]*)"/g);
    const known = new Set(codings.map((coding) => this.#content.tag + suffixes[coding]));
    return tags.some(([, tag = '']) => known.has(tag)); // weak comparison: RFC 9110, section 13.1.2
  }

  #variant(coding: Coding): Variant {
    const ready = this.#variants.get(coding);
    if (ready) return ready;
    const { body: plain, contentType, tag, headers: own } = this.#content;
    const body = this.#coded.get(coding) ?? encode(plain, coding);
    this.#coded.set(coding, body);
    const etag = `"${tag}${suffixes[coding]}"`;
    const common = { etag, vary: 'accept-encoding', ...own };
    const described = {
      'content-type': contentType,
      'content-length': String(body.length),
      'x-content-type-options': 'nosniff',
      ...(coding !== 'identity' && { 'content-encoding': coding }),
      ...common,
    };
    const binaryText = body.length <= largestText ? body.toString('latin1') : undefined;
    const variant: Variant = {
      etag,
      whole: { status: 200, headers: flat(described), body, binaryText },
      notModified: { status: 304, headers: flat(common), body: undefined, binaryText: undefined },
    };
    this.#variants.set(coding, variant);
    return variant;
  }
}

// Clients send few different values, and reading one costs more than the rest of the choice.
const preferences = new Map<string, Coding>();
const mostPreferences = 100;

/** Between codings that the caller likes alike, the server may prefer; the published types do not know that yet. */
interface WithPreference {
  encoding(available: readonly Coding[], options: { preferred: readonly Coding[] }): Coding | undefined;
}

function preferredCoding(accepted: string): Coding {
  const known = preferences.get(accepted);
  if (known) return known;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } }) as unknown as WithPreference;
  const coding = negotiator.encoding(codings, { preferred: codings }) ?? 'identity';
  if (preferences.size >= mostPreferences) preferences.clear();
  preferences.set(accepted, coding);
  return coding;
}

function encode(body: Buffer, coding: Coding): Buffer {
  switch (coding) {
    case 'gzip':
      return gzipSync(body);
    case 'br': // 4: beats gzip in time and size; the default of 11 would take a hundred times as long
      return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    default:
      return body;
  }
}

function flat(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flat();
}
