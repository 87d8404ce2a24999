import { within } from '@seaworthy/chassis/deadline';
import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import { changesChannel, type ResourceGroupChange } from '@seaworthy/contracts/groupz';
import { addressOfUrl } from '@seaworthy/redis/address';
import { connect } from '@seaworthy/redis/connection';
import type { ChangePublisher, PublishObserver, PublishOutcome } from '../change-publisher.ts';
import { Claims } from './claims.ts';
import { resultsOf } from './pipeline.ts';

interface RedisPublisherOptions {
  /** Says where Redis is; asked for each connection. */
  url: () => string;
  log: Log;
  /**
   * How long a change that one replica has published is not published by another: a bit more than the time between two
   * readings and the longest that a reading takes, so that all replicas have seen it by then.
   */
  dedupeSeconds: number;
  observe: PublishObserver;
}

const mostPerBatch = 500;
const mostPending = 20_000;
const farewellMilliseconds = 2000;

/**
 * Publishes changes to a channel of Redis. Of several replicas, the first one to see a change publishes it; where Redis
 * does not let them agree on that, each does. Pub/sub keeps nothing: what meets an outage is dropped and counted.
 */
export class RedisPublisher implements ChangePublisher, Part {
  readonly #options: RedisPublisherOptions;
  readonly #redis;
  readonly #claims: Claims;
  #queue: Promise<void> = Promise.resolve();
  #pending = 0;
  #closed = false;
  #state: 'new' | 'connected' | 'away' = 'new';

  constructor(options: RedisPublisherOptions) {
    this.#options = options;
    this.#redis = connect(() => addressOfUrl(options.url()), 'seaworthy-groupz');
    this.#claims = new Claims(this.#redis, options.dedupeSeconds);
    this.#redis.on('error', (error) => this.#noteOutage(error));
    this.#redis.on('ready', () => this.#noteReturn());
  }

  publish(changes: readonly ResourceGroupChange[]): void {
    for (let at = 0; at < changes.length; at += mostPerBatch) {
      const batch = changes.slice(at, at + mostPerBatch);
      if (this.#closed || this.#pending + batch.length > mostPending) this.#count('dropped', batch.length);
      else this.#enqueue(batch);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await within(farewellMilliseconds, this.#queue).catch(ignore);
    this.#redis.disconnect();
  }

  #enqueue(batch: readonly ResourceGroupChange[]): void {
    this.#pending += batch.length;
    this.#queue = this.#queue.then(async () => {
      await this.#send(batch);
      this.#pending -= batch.length;
    });
  }

  async #send(batch: readonly ResourceGroupChange[]): Promise<void> {
    const claimed = await this.#claims.take(batch);
    this.#count('duplicate', batch.length - claimed.length);
    const pipeline = this.#redis.pipeline();
    for (const change of claimed) pipeline.publish(changesChannel, JSON.stringify(change));
    const errors = (await resultsOf(pipeline)).flatMap(([error]) => error ?? []);
    this.#count('published', claimed.length - errors.length);
    this.#count('dropped', errors.length);
    if (errors[0]) this.#noteOutage(errors[0]);
    else if (claimed.length > 0) this.#noteReturn();
  }

  #count(outcome: PublishOutcome, changes: number): void {
    if (changes > 0) this.#options.observe(outcome, changes);
  }

  /** Once for each outage: changes are few, and attempts to connect are many. */
  #noteOutage(error: Error & { code?: string }): void {
    if (this.#state === 'away' || this.#closed) return;
    this.#state = 'away';
    // Never the error itself: ioredis hangs the command onto it, which may be AUTH with the password.
    const reason = error.message || error.code || error.name;
    this.#options.log.warn({ reason }, 'changes cannot be published to redis, they are dropped');
  }

  #noteReturn(): void {
    if (this.#state !== 'connected') this.#options.log.info('redis connected, changes are published');
    this.#state = 'connected';
  }
}

function ignore(): void {}
