import { Problem } from '@seaworthy/chassis/problem';
import { realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import { Allowance } from './allowance.ts';
import { Permit, type PermitWorld } from './permit.ts';

/** What a connection is closed with. */
export interface Goodbye {
  code: number;
  reason: string;
}

// A frame costs 1 and a wrong one 10 more: 27 wrong ones at once, or 50 good ones a second for ever. To verify a token
// takes some 0.1 ms, and can make us ask the issuer.
const costs = { frame: 1, fault: 10, token: 10 };
const allowance = { capacity: 300, perSecond: 50 };
const frameMilliseconds = 10_000;

export type Cost = keyof typeof costs;

/** What a client has to do to stay: say who it is, end what it begins to say, and not say too much. */
export class Manners {
  readonly permit: Permit;
  readonly #world: PermitWorld;
  readonly #allowance: Allowance;
  #partialSince: number | undefined;

  constructor(world: PermitWorld) {
    this.permit = new Permit(world);
    this.#world = world;
    this.#allowance = new Allowance({ clock: world.clock, ...allowance });
  }

  /** Takes notice of a frame, wrong or right; false where there were too many of them. */
  afford(kind: Cost): boolean {
    return this.#allowance.spend(costs[kind]);
  }

  /** Takes notice of whether a frame, or a message in several, has begun and not ended. */
  awaitRest(partial: boolean): void {
    if (partial) this.#partialSince ??= this.#world.clock.now();
    else this.#partialSince = undefined;
  }

  /** Why the client has to go now, if it has to. */
  fault(): Goodbye | undefined {
    const { abuse: tooSlow, unauthenticated } = realtimeCloseCodes;
    if (this.#world.clock.now() - (this.#partialSince ?? Number.POSITIVE_INFINITY) >= frameMilliseconds)
      return { code: tooSlow, reason: 'a frame took too long to arrive' };
    if (!this.permit.over) return undefined;
    return { code: unauthenticated, reason: this.permit.access ? 'the token has expired' : 'no token came in time' };
  }

  /** Whether a client has to go whose token met this error: one that has shown a good one before may try again. */
  refusal(error: unknown): Goodbye | undefined {
    const kind = error instanceof Problem ? error.kind : undefined;
    if (this.permit.access || kind === 'conflict') return undefined;
    const { unauthenticated, unverified } = realtimeCloseCodes;
    if (kind === 'unauthenticated') return { code: unauthenticated, reason: 'the token was refused' };
    return { code: unverified, reason: 'tokens cannot be verified now' };
  }
}
