import type { Log } from '@seaworthy/chassis/log';
import type { Part } from '@seaworthy/chassis/part';
import { Problem } from '@seaworthy/chassis/problem';
import { connect } from '@seaworthy/redis/connection';
import { type Clock, systemClock } from '../clock.ts';
import type { RedisLocation } from './locate.ts';
import { Wish } from './wish.ts';

const beatMilliseconds = 10_000;
const channelsPerCommand = 500;

interface SubscriptionsOptions {
  /** Says where Redis is; asked for each connection. */
  locate: () => RedisLocation;
  log: Log;
  clock?: Clock;
}

/** Takes what comes; see `Receiver`. */
interface Listener {
  message(channel: string, payload: Buffer): void;
  settled(): void;
  resumed(channel: string): void;
}

/**
 * Subscribes to channels of Redis on a connection of its own. Commands of one connection are obeyed in their order, so
 * that the last wish wins; on a new connection all wishes are made again, and those that were refused at every beat:
 * access rules get mended. Messages of an outage are lost: pub/sub keeps nothing.
 */
export class Subscriptions implements Part {
  readonly #redis;
  readonly #log: Log;
  readonly #wishes = new Map<string, Wish>();
  readonly #stopBeats: () => void;
  #online = false;
  #listener: Listener | undefined;

  constructor({ locate, log, clock = systemClock }: SubscriptionsOptions) {
    const { source, host, port, tls } = locate();
    this.#log = log.child({ redis: { source, host, port, tls } });
    this.#redis = connect(locate, 'seaworthy-realtime');
    this.#redis.on('ready', () => this.#begin());
    this.#redis.on('close', () => this.#pause());
    this.#redis.on('error', (error) => this.#log.warn({ reason: reasonOf(error) }, 'redis connection failed'));
    this.#stopBeats = clock.every(beatMilliseconds, () => this.#beat());
  }

  /** As `Broker.subscribe` does. */
  subscribe(name: string): Promise<void> {
    const known = this.#wishes.get(name);
    if (known && !known.refused) return known.confirmed;
    const wish = known ?? new Wish(name);
    this.#wishes.set(name, wish);
    wish.renew();
    if (this.#online) this.#ask([wish]);
    return wish.confirmed;
  }

  unsubscribe(name: string): void {
    if (this.#wishes.delete(name) && this.#online) this.#redis.unsubscribe(name).catch(() => undefined);
  }

  receive(listener: Listener): void {
    this.#listener = listener;
    let settling = false;
    const settle = () => {
      settling = false;
      listener.settled();
    };
    this.#redis.on('messageBuffer', (channel: Buffer, payload: Buffer) => {
      listener.message(channel.toString(), payload);
      // The messages of one read from the socket are told in one turn.
      if (!settling) process.nextTick(settle);
      settling = true;
    });
  }

  /** Rejects while Redis is away or does not answer. */
  async check(): Promise<void> {
    if (!this.#online) throw new Error('redis is not connected');
    await this.#redis.ping();
  }

  async close(): Promise<void> {
    this.#stopBeats();
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
    for (const wish of this.#wishes.values()) wish.renew();
  }

  #beat(): void {
    // A peer that vanished without a word is only noticed by asking (see socketTimeout).
    this.#redis.ping().catch(() => undefined);
    if (!this.#online) return;
    for (const wish of this.#wishes.values()) {
      if (!wish.refused) continue;
      wish.renew();
      this.#ask([wish]);
    }
  }

  #ask(wishes: readonly Wish[]): void {
    this.#redis.subscribe(...wishes.map(({ channel }) => channel)).then(
      () => {
        for (const wish of wishes) this.#confirm(wish);
      },
      (error: Error) => this.#refused(wishes, error),
    );
  }

  #confirm(wish: Wish): void {
    const isBack = wish.confirm();
    if (isBack) this.#listener?.resumed(wish.channel);
  }

  #refused(wishes: readonly Wish[], error: Error): void {
    if (error.name !== 'ReplyError') return; // the connection broke: the next one asks again
    const [wish, ...others] = wishes.filter((wish) => this.#wishes.get(wish.channel) === wish); // the rest was given up
    if (!wish) return;
    if (wishes.length > 1) {
      for (const one of [wish, ...others]) this.#ask([one]); // one of them spoilt it for all
      return;
    }
    if (wish.refusals === 0)
      this.#log.error({ reason: reasonOf(error), channel: wish.channel }, 'redis refuses a channel');
    wish.refuse(new Problem('forbidden', 'Redis refuses this channel.', { cause: error }));
  }
}

/** Never the error itself: ioredis hangs the command onto it, which may be AUTH with the password. */
function reasonOf(error: Error & { code?: string }): string {
  return error.message || error.code || error.name; // that of a host with several addresses has no message
}
