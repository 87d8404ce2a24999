import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import { Problem } from '@seaworthy/chassis/problem';
import type { Broker, Receiver } from '../broker.ts';
import { type Clock, systemClock } from '../clock.ts';
import { connect } from './connection.ts';
import type { RedisLocation } from './locate.ts';
import { Wish } from './wish.ts';

const pingMilliseconds = 10_000;
const channelsPerCommand = 500;

interface RedisBrokerOptions {
  /** Says where Redis is; asked for each connection. */
  locate: () => RedisLocation;
  log: Log;
  clock?: Clock;
}

/**
 * Subscribes to channels of Redis on a connection of its own. Commands of one connection are obeyed in their order, so
 * that the last wish wins; on a new connection all wishes are made again. Messages of an outage are lost: pub/sub
 * keeps nothing.
 */
export class RedisBroker implements Broker, Part {
  readonly #redis;
  readonly #log: Log;
  readonly #wishes = new Map<string, Wish>();
  readonly #stopPings: () => void;
  #online = false;

  constructor({ locate, log, clock = systemClock }: RedisBrokerOptions) {
    const { source, host, port, tls } = locate();
    this.#log = log.child({ redis: { source, host, port, tls } });
    this.#redis = connect(locate);
    this.#redis.on('ready', () => this.#begin());
    this.#redis.on('close', () => this.#pause());
    this.#redis.on('error', (err) => this.#log.warn({ err }, 'redis connection failed'));
    // A peer that vanished without a word is only noticed by asking (see socketTimeout).
    this.#stopPings = clock.every(pingMilliseconds, () => void this.#redis.ping().catch(() => undefined));
  }

  subscribe(channel: string): Promise<void> {
    const known = this.#wishes.get(channel);
    if (known) return known.confirmed;
    const wish = new Wish(channel);
    this.#wishes.set(channel, wish);
    if (this.#online) this.#ask([wish]);
    return wish.confirmed;
  }

  unsubscribe(channel: string): void {
    if (this.#wishes.delete(channel) && this.#online) this.#redis.unsubscribe(channel).catch(() => undefined);
  }

  receive(receiver: Receiver): void {
    this.#redis.on('messageBuffer', (channel: Buffer, payload: Buffer) => receiver(channel.toString(), payload));
  }

  /** Rejects while Redis is away or does not answer. */
  async check(): Promise<void> {
    if (!this.#online) throw new Error('redis is not connected');
    await this.#redis.ping();
  }

  async close(): Promise<void> {
    this.#stopPings();
    this.#online = false;
    // ioredis tells no end between two attempts: there is no connection then, and no further attempt.
    const idle = ['reconnecting', 'end'].includes(this.#redis.status);
    const ended = idle ? undefined : new Promise((resolve) => this.#redis.once('end', resolve));
    this.#redis.disconnect();
    await ended;
  }

  #begin(): void {
    this.#online = true;
    this.#log.info({ channels: this.#wishes.size }, 'redis connected');
    const wishes = [...this.#wishes.values()];
    for (let at = 0; at < wishes.length; at += channelsPerCommand) this.#ask(wishes.slice(at, at + channelsPerCommand));
  }

  #pause(): void {
    if (this.#online) this.#log.warn('redis connection lost');
    this.#online = false;
    for (const wish of this.#wishes.values()) wish.interrupt();
  }

  #ask(wishes: readonly Wish[]): void {
    this.#redis.subscribe(...wishes.map(({ channel }) => channel)).then(
      () => {
        for (const wish of wishes) wish.confirm();
      },
      (error: Error) => this.#refused(wishes, error),
    );
  }

  #refused(wishes: readonly Wish[], error: Error): void {
    if (error.name !== 'ReplyError') return; // the connection broke: the next one asks again
    for (const wish of wishes) {
      if (wishes.length > 1) {
        this.#ask([wish]); // one of them spoilt it for all
        continue;
      }
      this.#log.error({ err: error, channel: wish.channel }, 'redis refuses a channel');
      if (this.#wishes.get(wish.channel) === wish) this.#wishes.delete(wish.channel);
      wish.refuse(new Problem('forbidden', 'Redis refuses this channel.', { cause: error }));
    }
  }
}
