import { Problem } from '@seaworthy/chassis/problem';
import type { Access } from './access.ts';
import type { Clock } from './clock.ts';

/** Who shows no token gets so long to do so; whose token has expired, to show another one. In milliseconds. */
const patience = { stranger: 5000, expired: 25_000 };

export interface PermitWorld {
  clock: Clock;
  /** The time in milliseconds since 1970. */
  now(): number;
  /** What the bearer of a token may do. Throws a Problem of kind `unauthenticated`, or `unavailable`. */
  verify(token: string): Promise<Access>;
}

/** What a client may do for now: nothing before it is known, and nothing any more a while after its token has expired. */
export class Permit {
  readonly #world: PermitWorld;
  #access: Access | undefined;
  #until: number;
  #verifying = false;

  constructor(world: PermitWorld) {
    this.#world = world;
    this.#until = world.clock.now() + patience.stranger;
  }

  /** What is allowed; `undefined` before a token was shown. */
  get access(): Access | undefined {
    return this.#access;
  }

  /** Whether the client has waited too long to show a token, or another one. */
  get over(): boolean {
    return this.#world.clock.now() >= this.#until;
  }

  /** For how long the token is still good; for ever where nobody is asked. */
  get goodMilliseconds(): number {
    return Math.max(0, (this.#access?.expires ?? 0) - this.#world.now());
  }

  grant(access: Access): void {
    this.#access = access;
    this.#until = this.#world.clock.now() + this.goodMilliseconds + patience.expired;
  }

  /** Takes a token. Throws as `verify` does, and a Problem of kind `conflict` while another one is looked at. */
  async show(token: string): Promise<Access> {
    if (this.#verifying) throw new Problem('conflict', 'Another token is being verified.');
    this.#verifying = true;
    try {
      const access = await this.#world.verify(token);
      this.grant(access);
      return access;
    } finally {
      this.#verifying = false;
    }
  }
}
