/** One channel that somebody here wants to hear, and what Redis has last said to it on the current connection. */
export class Wish {
  readonly channel: string;
  #answer = Promise.withResolvers<void>();
  #state: 'waiting' | 'confirmed' | 'refused' = 'waiting';
  #refusals = 0;
  #wasConfirmed = false;

  constructor(channel: string) {
    this.channel = channel;
    this.#ignoreRejection();
  }

  /** Resolves with Redis' confirmation, on whichever connection that arrives; rejects with its refusal. */
  get confirmed(): Promise<void> {
    return this.#answer.promise;
  }

  get refused(): boolean {
    return this.#state === 'refused';
  }

  /** How many times it was refused since it was made or confirmed. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Whether it was confirmed before, on a connection that has gone. */
  confirm(): boolean {
    const isBack = this.#wasConfirmed && this.#state !== 'confirmed';
    this.#wasConfirmed = true;
    this.#state = 'confirmed';
    this.#refusals = 0;
    this.#answer.resolve();
    return isBack;
  }

  refuse(reason: Error): void {
    this.#state = 'refused';
    this.#refusals++;
    this.#answer.reject(reason);
  }

  /** Waits anew: it is asked again, or the connection that it was answered on has gone. */
  renew(): void {
    if (this.#state === 'waiting') return; // whoever waits already goes on waiting
    this.#state = 'waiting';
    this.#answer = Promise.withResolvers();
    this.#ignoreRejection();
  }

  /** A resubscription has nobody waiting for it; its refusal is logged where it arrives. */
  #ignoreRejection(): void {
    this.#answer.promise.catch(() => undefined);
  }
}
