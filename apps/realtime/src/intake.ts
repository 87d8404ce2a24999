import type { Position } from '@seaworthy/contracts/realtime';
import type { Feed } from './feed.ts';

/** Brings what Redis says of a channel into its feed, in order. */
export interface Intake {
  /** Resolves once the feed says truly where the channel is. */
  ready(): Promise<void>;
  take(payload: Buffer, position?: Position): void;
  /** The channel is heard again after an outage. */
  resume(): void;
}

export interface IntakeWorld {
  now(): number;
  /** The largest payload that is handed out, in bytes. */
  mostBytes: number;
  /** Told when something came into the feed otherwise than by `take`. */
  onArrival(): void;
}

/** The intake of a channel that nobody stores: its numbers are those of this process. */
export class PassingIntake implements Intake {
  readonly #feed: Feed;
  readonly #world: IntakeWorld;

  constructor(feed: Feed, world: IntakeWorld) {
    this.#feed = feed;
    this.#world = world;
  }

  async ready(): Promise<void> {}

  take(payload: Buffer): void {
    const [offset, now] = [this.#feed.ring.last + 1, this.#world.now()];
    if (payload.length <= this.#world.mostBytes) this.#feed.append(payload, { offset, now });
    else this.#feed.lose({ reason: 'large', from: offset, to: offset }, now);
  }

  resume(): void {
    this.#feed.lose({ reason: 'redis' }, this.#world.now());
    this.#world.onArrival();
  }
}
