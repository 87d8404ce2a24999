import type { Clock } from './clock.ts';

interface AllowanceOptions {
  clock: Clock;
  /** How much can be spent at once. */
  capacity: number;
  /** How much comes back each second. */
  perSecond: number;
}

/** How much a client may still ask of us: spent by its frames, refilled by time (a token bucket). */
export class Allowance {
  readonly #options: AllowanceOptions;
  #left: number;
  #asOf: number;

  constructor(options: AllowanceOptions) {
    this.#options = options;
    this.#left = options.capacity;
    this.#asOf = options.clock.now();
  }

  /** Spends `cost`, or spends nothing and answers false where that is more than what is left. */
  spend(cost: number): boolean {
    const { clock, capacity, perSecond } = this.#options;
    const now = clock.now();
    this.#left = Math.min(capacity, this.#left + ((now - this.#asOf) / 1000) * perSecond);
    this.#asOf = now;
    if (cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }
}
