const [firstRestMilliseconds, longestRestMilliseconds] = [1000, 30_000];
// A token that was good for longer than this says that the refusals before it are over.
const calmMilliseconds = 60_000;

/**
 * Which token the server takes no more, and when another one may be asked for: the first at once, and then ever later,
 * as a role that is not there refuses all of them. Times are in milliseconds since 1970.
 */
export class RefusedTokens {
  #last: string | undefined;
  #count = 0;
  #restUntil = Number.NEGATIVE_INFINITY;

  /** How many in a row. */
  get count(): number {
    return this.#count;
  }

  has(token: string): boolean {
    return token === this.#last;
  }

  isResting(now: number): boolean {
    return now < this.#restUntil;
  }

  /** Notes a refusal of the present token, which was given out at `givenAt`. */
  note(token: string, { givenAt, now }: { givenAt: number; now: number }): void {
    this.#last = token;
    this.#count = now - givenAt > calmMilliseconds ? 1 : this.#count + 1;
    const rest =
      this.#count === 1 ? 0 : Math.min(firstRestMilliseconds * 2 ** (this.#count - 2), longestRestMilliseconds);
    this.#restUntil = now + rest;
  }
}
