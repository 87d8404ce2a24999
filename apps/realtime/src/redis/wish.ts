/** One channel that somebody here wants to hear, and whether Redis has confirmed it on the current connection. */
export class Wish {
  readonly channel: string;
  #answer = Promise.withResolvers<void>();
  #confirmed = false;

  constructor(channel: string) {
    this.channel = channel;
    this.#ignoreRejection();
  }

  /** Resolves with Redis' confirmation, on whichever connection that arrives. */
  get confirmed(): Promise<void> {
    return this.#answer.promise;
  }

  confirm(): void {
    this.#confirmed = true;
    this.#answer.resolve();
  }

  refuse(reason: Error): void {
    this.#answer.reject(reason);
  }

  /** Waits anew: the connection that confirmed it has gone. */
  interrupt(): void {
    if (!this.#confirmed) return; // whoever waits already goes on waiting
    this.#confirmed = false;
    this.#answer = Promise.withResolvers();
    this.#ignoreRejection();
  }

  /** A resubscription has nobody waiting for it; its refusal is logged where it arrives. */
  #ignoreRejection(): void {
    this.#answer.promise.catch(() => undefined);
  }
}
