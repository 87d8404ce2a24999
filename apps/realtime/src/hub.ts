import type { Position } from '@seaworthy/contracts/realtime';
import type { Broker } from './broker.ts';
import { CatchUp } from './catch-up.ts';
import type { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import { DurableIntake } from './durable-intake.ts';
import { FanOut } from './fan-out.ts';
import { Feed } from './feed.ts';
import { type Intake, type IntakeWorld, PassingIntake } from './intake.ts';
import type { RingLimits } from './ring.ts';
import type { Member, Stay } from './stay.ts';

/** Told of what happens, to be counted. */
export interface Observer {
  message(): void;
  flush(flush: { deliveries: number; writes: number; milliseconds: number }): void;
  /** Somebody was told that messages are missing. */
  gap(reason: string): void;
  /** So many messages of a durable channel had not come by themselves. */
  fill(messages: number): void;
}

export interface HubOptions {
  broker: Broker;
  clock: Clock;
  /** Names the numbers that this process gives to messages. */
  epoch: string;
  limits: HubLimits;
  /** Whether what is published to a channel is stored. */
  isDurable(name: string): boolean;
  observer: Observer;
}

/** Somebody's wish to come into a channel; to be ended once, when it is in, or does not want it any more. */
export interface Interest {
  ready: Promise<Feed>;
  end(): void;
}

export interface HubLimits {
  ring: RingLimits;
  maxDelayMilliseconds: number;
  sendBudgetBytes: number;
  /** The largest payload that is handed out. */
  messageBytes: number;
}

interface Open {
  feed: Feed;
  intake: Intake;
  /** How many are about to come in. */
  interests: number;
  /** Since when nobody is in it. */
  idleSince: number;
}

const lingerMilliseconds = 10_000;
const sweepMilliseconds = 1000;
const retryMilliseconds = 1000;

/** Who listens to what. It asks the broker for exactly the channels that have members, or had some a moment ago. */
export class Hub {
  readonly #options: HubOptions;
  readonly #open = new Map<string, Open>();
  readonly #catchUp: CatchUp;
  readonly #fanOut: FanOut;
  readonly #stopSweeps: () => void;

  constructor(options: HubOptions) {
    const { broker, clock, limits, observer } = options;
    this.#options = options;
    this.#catchUp = new CatchUp({ clock, read: (channel, range) => broker.read(channel, range), onLoss: observer.gap });
    this.#fanOut = new FanOut({ ...limits, clock, catchUp: this.#catchUp, onFlush: observer.flush });
    this.#stopSweeps = clock.every(sweepMilliseconds, () => this.#sweep());
    broker.receive({
      message: (name, payload, position) => this.#take(name, payload, position),
      settled: () => this.#fanOut.settle(),
      resumed: (name) => this.#open.get(name)?.intake.resume(),
    });
  }

  /** How many channels are subscribed. */
  get channels(): number {
    return this.#open.size;
  }

  /** How many clients read more slowly than their channels speak. */
  get slow(): number {
    return this.#catchUp.slow;
  }

  /** Bytes of recent messages that are kept at hand. */
  get keptBytes(): number {
    let bytes = 0;
    for (const { feed } of this.#open.values()) bytes += feed.ring.bytes;
    return bytes;
  }

  /** A channel, whether or not it is open. */
  channel(name: string): Channel {
    return { name, durable: this.#options.isDurable(name) };
  }

  /**
   * Opens a channel for somebody who is about to come in: `ready` resolves when all later publications will be in its
   * feed, and rejects as `Broker.subscribe` does. The channel stays open until `end`, and while somebody is in it.
   */
  want(name: string): Interest {
    const open = this.#open.get(name) ?? this.#begin(this.channel(name));
    open.interests++;
    return {
      ready: this.#ready(open),
      end: () => {
        open.interests--;
        this.#rest(open);
      },
    };
  }

  /** Lets a member in: what it gets begins after `since`, or now. Nothing reaches it before `catchUp`. */
  enter(feed: Feed, member: Member, since?: Position): Stay {
    return feed.enter(member, since);
  }

  /** Hands a member what it has missed; from then on, what is new. To be called whenever it has read what it had. */
  catchUp(stay: Stay): void {
    this.#catchUp.pump(stay);
  }

  /** Makes a member hear a channel no more, at once. */
  leave(stay: Stay): void {
    stay.feed.leave(stay);
    const open = this.#open.get(stay.feed.channel.name);
    if (open?.feed === stay.feed) this.#rest(open);
  }

  /** Hands out at once what is held back to go out with more. */
  flush(): void {
    this.#fanOut.flush();
  }

  /** Forgets a member that has gone. */
  forget(member: Member): void {
    this.#catchUp.forget(member);
  }

  close(): void {
    this.#stopSweeps();
  }

  async #ready({ feed, intake }: Open): Promise<Feed> {
    await this.#options.broker.subscribe(feed.channel);
    await intake.ready();
    return feed;
  }

  #begin(channel: Channel): Open {
    const { limits, epoch, clock } = this.#options;
    const feed = new Feed(channel, { epoch: channel.durable ? '' : epoch, limits: limits.ring });
    const open = { feed, intake: this.#intakeOf(feed), interests: 0, idleSince: clock.now() };
    this.#open.set(channel.name, open);
    return open;
  }

  #intakeOf(feed: Feed): Intake {
    const { broker, clock, limits, observer } = this.#options;
    const onArrival = () => {
      this.#fanOut.mark(feed);
      this.#fanOut.settle();
    };
    const world: IntakeWorld = { now: () => clock.now(), mostBytes: limits.messageBytes, onArrival };
    if (!feed.channel.durable) return new PassingIntake(feed, world);
    return new DurableIntake(feed, {
      ...world,
      recent: limits.ring.entries,
      read: (range) => broker.read(feed.channel, range),
      renew: (position) => broker.renew(feed.channel, position),
      pause: () => new Promise((resolve) => clock.after(retryMilliseconds, resolve)),
      onReset: () => this.#reset(feed),
      onFill: observer.fill,
    });
  }

  #take(name: string, payload: Buffer, position: Position | undefined): void {
    this.#options.observer.message();
    const open = this.#open.get(name);
    if (!open) return;
    open.intake.take(payload, position);
    this.#fanOut.mark(open.feed);
  }

  #reset(feed: Feed): void {
    for (const stay of feed.stays()) {
      if (stay.state === 'live') feed.fallBehind(stay);
      this.#catchUp.pump(stay);
    }
  }

  #rest(open: Open): void {
    if (open.feed.size === 0) open.idleSince = this.#options.clock.now();
  }

  #sweep(): void {
    const { broker, clock } = this.#options;
    const now = clock.now();
    this.#catchUp.sweep();
    for (const [name, { feed, interests, idleSince }] of this.#open) {
      feed.ring.prune(now, feed.flushed);
      if (feed.size > 0 || interests > 0 || now - idleSince < lingerMilliseconds) continue;
      this.#open.delete(name);
      broker.unsubscribe(feed.channel);
    }
  }
}
