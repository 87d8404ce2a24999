import { within } from '@seaworthy/chassis/deadline';
import type { Part } from '@seaworthy/chassis/part';
import { type UserChange, userChangesChannel } from '@seaworthy/contracts/users';
import { addressOfUrl } from '@seaworthy/redis/address';
import { connect } from '@seaworthy/redis/connection';
import type { ChangePublisher } from '../change-relay.ts';
import { type Pause, pause } from '../pause.ts';

const patienceMilliseconds = 2000;
const graceMilliseconds = 5000; // clients of Redis try to come back at least every two seconds, as a rule
const lookMilliseconds = 500;

/**
 * Publishes changes to a channel of Redis; `url` says where that is, and is asked for each connection.
 *
 * Redis passes on to those who are subscribed in that moment, and keeps nothing. So whoever listens gets some time to
 * come back. With a new connection of our own it is all of it: Redis may have been away, and nobody knows who had
 * listened last. Afterwards, where a change reaches fewer than the one before, until there are as many again.
 */
export class RedisPublisher implements ChangePublisher, Part {
  readonly #redis;
  readonly #pause: Pause;
  #outage: string | undefined;
  #connection = new AbortController();
  #isSettled = false;
  #settling: Promise<void> | undefined;
  #listeners = 0;

  constructor(url: () => string, pauses = pause) {
    this.#pause = pauses;
    this.#redis = connect(() => addressOfUrl(url()), 'seaworthy-users');
    this.#redis.on('error', (error: NodeJS.ErrnoException) => {
      this.#outage = error.message || error.code;
    });
    this.#redis.on('close', () => this.#unsettle());
    this.#redis.on('ready', () => {
      this.#outage = undefined;
      this.#settle().catch(() => undefined); // whoever publishes is told
    });
  }

  async publish(changes: readonly UserChange[]): Promise<void> {
    try {
      if (!this.#isSettled) await this.#settle();
      await this.#publish(changes);
    } catch (error) {
      // Never the error itself: ioredis hangs the command onto it, which may be AUTH with the password.
      throw new Error(`redis did not take changes: ${this.#outage ?? (error as Error).message}`);
    }
  }

  async close(): Promise<void> {
    this.#unsettle();
    this.#redis.disconnect();
  }

  #unsettle(): void {
    this.#isSettled = false;
    this.#connection.abort(new Error('the connection is broken'));
    this.#connection = new AbortController();
  }

  /** Resolves when others have had time to come back, too. */
  #settle(): Promise<void> {
    this.#settling ??= this.#wait().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #wait(): Promise<void> {
    const { signal } = this.#connection;
    await this.#redis.ping(); // refused while Redis loads its data, when nobody else comes back
    await this.#pause(graceMilliseconds, signal);
    signal.throwIfAborted();
    this.#isSettled = true;
    this.#listeners = 0;
  }

  async #publish(changes: readonly UserChange[]): Promise<void> {
    const { signal } = this.#connection;
    for (let waited = 0; waited < graceMilliseconds; waited += lookMilliseconds) {
      const listeners = await this.#send(changes, this.#listeners);
      if (listeners >= this.#listeners) {
        this.#listeners = listeners;
        return;
      }
      await this.#pause(lookMilliseconds, signal);
      signal.throwIfAborted();
    }
    this.#listeners = await this.#send(changes, 0);
  }

  async #send(changes: readonly UserChange[], least: number): Promise<number> {
    let isAnswered = false;
    const sent = this.#deliver(changes, least).finally(() => {
      isAnswered = true;
    });
    try {
      await within(
        patienceMilliseconds,
        sent.then(() => undefined),
      );
      return await sent;
    } finally {
      // What is still on its way must not arrive later, after what others tell meanwhile.
      if (!isAnswered) this.#redis.stream?.destroy();
    }
  }

  /**
   * Answers how many were reached, by every change. Where the first change reaches fewer than `least`, the others are
   * kept: who comes back among them would hear the later ones first, and the earlier ones when all is sent again.
   */
  async #deliver([first, ...others]: readonly UserChange[], least: number): Promise<number> {
    if (first === undefined) return least;
    const reached = await this.#redis.publish(userChangesChannel, JSON.stringify(first));
    if (reached < least) return reached;
    const pipeline = this.#redis.pipeline();
    for (const change of others) pipeline.publish(userChangesChannel, JSON.stringify(change));
    const results = (await pipeline.exec()) ?? [];
    const error = results.find(([failure]) => failure !== null)?.[0];
    if (error) throw error;
    // Redis may answer us before it writes to those who listen. What it answers next, it answers after that.
    await this.#redis.ping();
    return Math.min(reached, ...results.map(([, count]) => Number(count)));
  }
}
