import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import { Problem } from '@seaworthy/chassis/problem';
import type { Position } from '@seaworthy/contracts/realtime';
import { connect } from '@seaworthy/redis/connection';
import type { Broker, Receiver, Stored } from '../broker.ts';
import type { Channel } from '../channel.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { RedisLocation } from './locate.ts';
import { type Keep, RedisLog } from './redis-log.ts';
import { keysOf, readNumbered } from './stored-channel.ts';
import { Subscriptions } from './subscriptions.ts';

interface RedisBrokerOptions {
  /** Says where Redis is; asked for each connection. */
  locate: () => RedisLocation;
  log: Log;
  /** How much is kept of a durable channel. */
  keep: Keep;
  clock?: Clock;
}

/**
 * Channels of Redis. What is published to a durable one through this service is numbered and stored, and told on a
 * channel beside it; what anybody publishes to the channel itself passes, as everywhere. Two connections: one that only
 * listens, and one for commands, which may have to wait.
 */
export class RedisBroker implements Broker, Part {
  readonly #subscriptions: Subscriptions;
  readonly #commands;
  readonly #log: RedisLog;
  /** Channels by the topic of their stored messages. */
  readonly #topics = new Map<string, string>();

  constructor({ locate, log, keep, clock = systemClock }: RedisBrokerOptions) {
    this.#subscriptions = new Subscriptions({ locate, log, clock });
    this.#commands = connect(locate, 'seaworthy-realtime-commands');
    // The subscriptions' connection leads to the same Redis, and says what is wrong with it.
    this.#commands.on('error', () => undefined);
    this.#log = new RedisLog(this.#commands, keep);
  }

  async subscribe({ name, durable }: Channel): Promise<void> {
    const { topic } = keysOf(name);
    if (durable) this.#topics.set(topic, name);
    await Promise.all([name, ...(durable ? [topic] : [])].map((channel) => this.#subscriptions.subscribe(channel)));
  }

  unsubscribe({ name }: Channel): void {
    const { topic } = keysOf(name);
    this.#subscriptions.unsubscribe(name);
    if (this.#topics.delete(topic)) this.#subscriptions.unsubscribe(topic);
  }

  receive(receiver: Receiver): void {
    this.#subscriptions.receive({
      message: (channel, payload) => {
        const name = this.#topics.get(channel);
        const numbered = name === undefined ? undefined : readNumbered(payload);
        if (name === undefined) receiver.message(channel, payload);
        else if (numbered) receiver.message(name, numbered.payload, numbered);
      },
      settled: () => receiver.settled(),
      // Of a durable channel both come back; what it has lost is asked of its stream.
      resumed: (channel) => {
        const name = this.#topics.get(channel);
        if (name !== undefined || !this.#topics.has(keysOf(channel).topic)) receiver.resumed(name ?? channel);
      },
    });
  }

  publish(channel: Channel, payload: Buffer, key?: string): Promise<Position | undefined> {
    return this.#asking(() => this.#log.publish(channel, payload, key));
  }

  read(channel: Channel, range: { after?: Position | undefined; limit: number }): Promise<Stored> {
    return this.#asking(() => this.#log.read(channel, range));
  }

  renew(channel: Channel, position: Position): Promise<void> {
    return this.#asking(() => this.#log.renew(channel, position));
  }

  /** Rejects while Redis is away or does not answer. */
  check(): Promise<void> {
    return this.#subscriptions.check();
  }

  async close(): Promise<void> {
    this.#commands.disconnect();
    await this.#subscriptions.close();
  }

  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      const { message } = cause as Error;
      if (/^(NOPERM|WRONGTYPE)/.test(message)) throw new Problem('forbidden', 'Redis refuses this channel.', { cause });
      throw new Problem('unavailable', 'Redis does not answer.', { cause, retryAfterSeconds: 2 });
    }
  }
}
