const shortest = 250;
const longest = 20_000;

/**
 * How long to wait before connecting again, in milliseconds: full jitter, so that clients that were cut off together do
 * not come back together, and longer each time until a connection stands.
 */
export class ReconnectPause {
  readonly #random: () => number;
  #failures = 0;
  #named: number | undefined;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** The service has named the pause before it closes. */
  name(milliseconds: number): void {
    this.#named = milliseconds;
  }

  /** The connection stands. */
  connected(): void {
    this.#failures = 0;
  }

  /** The pause after a close with this code: see the ranges in docs/realtime.md. */
  after(code: number): number | 'never' {
    const named = this.#named;
    this.#named = undefined;
    if ((code >= 1007 && code <= 1009) || (code >= 4000 && code <= 4099)) return 'never';
    if (code === 1012 && named !== undefined) return named;
    // Too slow for what it hears: a connection that stood for a moment changes nothing about that.
    if (code >= 4100 && code <= 4199) this.#failures = Math.max(this.#failures, 3);
    const most = Math.min(longest, shortest * 2 ** ++this.#failures);
    return Math.round(shortest + this.#random() * (most - shortest));
  }
}
