import { randomBytes } from 'node:crypto';
import type { Caller } from '@seaworthy/chassis/auth';
import { Problem } from '@seaworthy/chassis/problem';
import { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import { realtimeRoles } from '@seaworthy/contracts/realtime';

/** How long a ticket is good for. */
export const ticketSeconds = 30;

interface TicketsOptions {
  /** What tickets are signed with: asked for each time, as it may be rotated. */
  key: () => string;
  /** The time in milliseconds since 1970. */
  now: () => number;
}

interface Content {
  nonce: string;
  until: number;
  caller: Caller;
}

const purpose = 'realtime ticket';

/**
 * What a page puts into a URL instead of its token: good for 30 seconds, and once for each process that shares the key.
 * It carries what the token allows, which anybody can read, and for how long.
 */
export class Tickets {
  readonly #signed: SignedTokens;
  readonly #now: () => number;
  /** Those that were used, until they would have ended anyway; the oldest first. */
  readonly #used = new Map<string, number>();

  constructor({ key, now }: TicketsOptions) {
    this.#signed = new SignedTokens(key);
    this.#now = now;
  }

  issue({ id, roles, claims = {} }: Caller): string {
    // Whoever was not asked who he is gets nothing that others would take for an answer.
    const known = roles === 'all' ? [] : roles.filter((role) => Object.values<string>(realtimeRoles).includes(role));
    const { exp, channels } = claims;
    const content: Content = {
      nonce: randomBytes(9).toString('base64url'),
      until: this.#now() + ticketSeconds * 1000,
      caller: { id, roles: known, claims: { exp, channels } },
    };
    return this.#signed.write(Buffer.from(JSON.stringify(content)), purpose);
  }

  /** Whose ticket it is. Throws a Problem of kind `unauthenticated`. */
  redeem(ticket: string): Caller {
    const bytes = this.#signed.read(ticket, purpose);
    if (typeof bytes === 'string') throw new Problem('unauthenticated', 'The ticket was refused.');
    const { nonce, until, caller } = JSON.parse(bytes.toString()) as Content; // it is signed: we wrote it
    const now = this.#now();
    if (until <= now) throw new Problem('unauthenticated', 'The ticket has expired.');
    this.#forget(now);
    if (this.#used.has(nonce)) throw new Problem('unauthenticated', 'The ticket has been used.');
    this.#used.set(nonce, until);
    return caller;
  }

  #forget(now: number): void {
    for (const [nonce, until] of this.#used) {
      if (until > now) return;
      this.#used.delete(nonce);
    }
  }
}
