import { hash } from 'node:crypto';
import type { Authenticate } from '@seaworthy/chassis/auth';
import { Problem } from '@seaworthy/chassis/problem';
import { type Access, accessOf } from './access.ts';
import type { Tickets } from './tickets.ts';

/** How somebody shows who he is. */
export type Credential = 'header' | 'ticket' | 'frame';

interface AuthorityOptions {
  authenticate: Authenticate;
  tickets: Tickets;
  /** The time in milliseconds since 1970. */
  now: () => number;
  /** Told of each credential that was refused. */
  onFailure(credential: Credential): void;
}

interface Known {
  access: Access;
  until: number;
}

// As many clients as fit come back at once after a restart of their gateway. The issuer's keys are read anew as often.
const remembered = { most: 20_000, milliseconds: 600_000 };

/** Says what those may do who connect. */
export class Authority {
  readonly #options: AuthorityOptions;
  /** By the hash of the token; those that were used last are last. */
  readonly #known = new Map<string, Known>();

  constructor(options: AuthorityOptions) {
    this.#options = options;
  }

  /**
   * What a request may do by its `Authorization` header or its ticket; `undefined` where it has neither, and somebody has
   * to be asked. Throws a Problem of kind `unauthenticated`, or `unavailable` in an outage of the issuer.
   */
  async admit(authorization: string | undefined, ticket: string | undefined): Promise<Access | undefined> {
    if (authorization !== undefined) return this.#verify(authorization, 'header');
    const anybody = await this.#options.authenticate(undefined).catch(expected);
    if (anybody) return accessOf(anybody);
    if (ticket === undefined) return undefined;
    return this.#counting('ticket', async () => accessOf(this.#options.tickets.redeem(ticket)));
  }

  /** What the bearer of a token may do. Throws as `admit` does. */
  verify(token: string): Promise<Access> {
    return this.#verify(`Bearer ${token}`, 'frame');
  }

  async #verify(authorization: string, credential: Credential): Promise<Access> {
    const key = hash('sha256', authorization, 'base64');
    const known = this.#known.get(key);
    this.#known.delete(key);
    const current = known && known.until > this.#options.now() ? known : await this.#ask(authorization, credential);
    this.#known.set(key, current);
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered.most && oldest !== undefined) this.#known.delete(oldest);
    return current.access;
  }

  #ask(authorization: string, credential: Credential): Promise<Known> {
    const { authenticate, now } = this.#options;
    return this.#counting(credential, async () => {
      const access = accessOf(await authenticate(authorization));
      return { access, until: Math.min(access.expires, now() + remembered.milliseconds) };
    });
  }

  async #counting<T>(credential: Credential, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#options.onFailure(credential);
      throw error;
    }
  }
}

/** Without a token everybody is refused but where nobody is asked. */
function expected(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'unauthenticated') return undefined;
  throw error;
}
