import { errors, type JWTHeaderParameters } from 'jose';
import { type KeySet, readIssuerKeys } from './issuer-documents.ts';
import type { Log } from './log.ts';

interface IssuerKeysOptions {
  issuer: string;
  /** For how long the last good keys are used while the issuer cannot be read. */
  outageSeconds: number;
  log: Log;
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now: () => number;
}

const freshMilliseconds = 600_000;
const pauseMilliseconds = { withKeys: 5000, without: 1000 }; // between two readings

/**
 * The signing keys of an issuer: read when they are first needed, then in the background. A key that is not among them
 * may have come since: they are read again, but not for every key that somebody makes up. Only a good reading replaces
 * the one before.
 */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  #good: { keys: KeySet; at: number } | undefined;
  #reading: Promise<void> | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  /** Why the last reading failed, if it did. */
  #failure: unknown;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /** The key that a token names. Throws `JWKSNoMatchingKey` where there is none, and other errors in an outage. */
  async find(header: JWTHeaderParameters): ReturnType<KeySet> {
    // Without a name each key of the set would have to be tried.
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey('the token does not name its key');
    if (this.#age() > this.#options.outageSeconds * 1000) await this.#read(pauseMilliseconds.without);
    else if (this.#age() > freshMilliseconds) void this.#read(pauseMilliseconds.withKeys);
    const known = this.#keys();
    try {
      return await known(header);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#read(pauseMilliseconds.withKeys);
      // While the issuer cannot be read, nobody knows whether the key is made up.
      if (this.#failure !== undefined) throw this.#failure;
      return this.#keys()(header);
    }
  }

  #keys(): KeySet {
    if (this.#good === undefined || this.#age() > this.#options.outageSeconds * 1000) throw this.#failure;
    return this.#good.keys;
  }

  #age(): number {
    return this.#good === undefined ? Number.POSITIVE_INFINITY : this.#options.now() - this.#good.at;
  }

  /** Joins the reading that is under way, or begins one if the last one ended long enough ago. Never rejects. */
  #read(pause: number): Promise<void> | undefined {
    if (this.#reading === undefined && this.#options.now() - this.#triedAt >= pause)
      this.#reading = this.#readOnce().finally(() => {
        this.#reading = undefined;
        this.#triedAt = this.#options.now();
      });
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    const { issuer, fetch, log, now } = this.#options;
    const failed = this.#failure !== undefined;
    try {
      this.#good = { keys: await readIssuerKeys(issuer, fetch), at: now() };
      this.#failure = undefined;
      if (failed) log.info({ issuer }, 'signing keys of the issuer can be read again');
    } catch (error) {
      this.#failure = error;
      if (!failed) log.warn({ issuer, err: error }, 'signing keys of the issuer cannot be read');
    }
  }
}
