import { within } from '@seaworthy/chassis/deadline';
import type { Part } from '@seaworthy/chassis/part';
import { type UserChange, userChangesChannel } from '@seaworthy/contracts/users';
import { addressOfUrl } from '@seaworthy/redis/address';
import { connect } from '@seaworthy/redis/connection';
import type { ChangePublisher } from '../change-relay.ts';

const patienceMilliseconds = 2000;

/** Publishes changes to a channel of Redis; `url` says where that is, and is asked for each connection. */
export class RedisPublisher implements ChangePublisher, Part {
  readonly #redis;
  #outage: string | undefined;

  constructor(url: () => string) {
    this.#redis = connect(() => addressOfUrl(url()), 'seaworthy-users');
    this.#redis.on('error', (error: NodeJS.ErrnoException) => {
      this.#outage = error.message || error.code;
    });
    this.#redis.on('ready', () => {
      this.#outage = undefined;
    });
  }

  async publish(changes: readonly UserChange[]): Promise<void> {
    let isAnswered = false;
    const sent = this.#send(changes).finally(() => {
      isAnswered = true;
    });
    try {
      await within(patienceMilliseconds, sent);
    } catch (error) {
      // What is still on its way must not arrive later, after what others tell meanwhile.
      if (!isAnswered) this.#redis.stream?.destroy();
      // Never the error itself: ioredis hangs the command onto it, which may be AUTH with the password.
      throw new Error(`redis did not take changes: ${this.#outage ?? (error as Error).message}`);
    }
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  async #send(changes: readonly UserChange[]): Promise<void> {
    const pipeline = this.#redis.pipeline();
    for (const change of changes) pipeline.publish(userChangesChannel, JSON.stringify(change));
    const results = (await pipeline.exec()) ?? [];
    const error = results.find(([failure]) => failure !== null)?.[0];
    if (error) throw error;
  }
}
