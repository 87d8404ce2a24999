import { within } from '@seaworthy/chassis/deadline';
import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import { changesChannel, type ResourceGroupChange } from '@seaworthy/contracts/groupz';
import type { ChainableCommander } from 'ioredis';
import type { ChangePublisher, PublishObserver, PublishOutcome } from '../change-publisher.ts';
import { claimKey } from './claim.ts';
import { connect } from './connection.ts';

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
  readonly #claimSeconds: number;
  #queue: Promise<void> = Promise.resolve();
  #pending = 0;
  #closed = false;
  #state: 'new' | 'connected' | 'away' = 'new';

  constructor(options: RedisPublisherOptions) {
    this.#options = options;
    this.#claimSeconds = Math.ceil(options.dedupeSeconds);
    this.#redis = connect(options.url);
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
    const claimed = await this.#claim(batch);
    this.#count('duplicate', batch.length - claimed.length);
    const pipeline = this.#redis.pipeline();
    for (const change of claimed) pipeline.publish(changesChannel, JSON.stringify(change));
    const errors = (await resultsOf(pipeline)).flatMap(([error]) => error ?? []);
    this.#count('published', claimed.length - errors.length);
    this.#count('dropped', errors.length);
    if (errors[0]) this.#noteOutage(errors[0]);
    else if (claimed.length > 0) this.#noteReturn();
  }

  /** Leaves out what another replica has published. Rather twice than never: what cannot be claimed is published. */
  async #claim(batch: readonly ResourceGroupChange[]): Promise<readonly ResourceGroupChange[]> {
    const pipeline = this.#redis.pipeline();
    for (const change of batch) pipeline.set(claimKey(change), '1', 'EX', this.#claimSeconds, 'NX');
    const results = await resultsOf(pipeline);
    return batch.filter((_, index) => results[index]?.[0] || results[index]?.[1] === 'OK');
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

type Result = [error: Error | null, value: unknown];

/** What became of each command. One that never left has failed like one that was refused. */
async function resultsOf(pipeline: ChainableCommander): Promise<readonly Result[]> {
  const commands = pipeline.length;
  try {
    return (await pipeline.exec()) ?? [];
  } catch (error) {
    return Array.from({ length: commands }, () => [error as Error, undefined]);
  }
}

function ignore(): void {}
