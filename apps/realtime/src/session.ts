import type { Log } from '@seaworthy/chassis/log';
import { type Position, realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import { Allowance } from './allowance.ts';
import type { Clock } from './clock.ts';
import type { Format } from './entry.ts';
import type { Feed } from './feed.ts';
import type { Hub, Interest } from './hub.ts';
import type { Member, Stay } from './stay.ts';

/** A client's end of the connection. */
export interface Peer {
  readonly format: Format;
  /** Bytes that wait for the client to read. */
  readonly backlog: number;
  /** Writes what belongs to many: nobody changes it. */
  write(bytes: Buffer): void;
  cork(): void;
  uncork(): void;
  ping(): void;
  /** Says goodbye after what is waiting. */
  close(code: number, reason: string): void;
  /** Hangs up. */
  terminate(): void;
}

/** What sessions have in common. */
export interface SessionWorld {
  hub: Hub;
  clock: Clock;
  log: Log;
  /** Told of each client that was too slow for too long. */
  onSlow(): void;
}

/** What a client learns when it joins a channel. */
export interface Joined {
  /** The last message before those that follow by themselves. */
  position: Position;
  /** For who comes back: whether all since then follows. */
  recovered?: boolean | undefined;
}

interface Joining {
  since?: Position | undefined;
  /** Told before anything of the channel is handed over. */
  onJoined?(joined: Joined): void;
}

/** A channel that a client is in, or about to be in, from its first join to its leave. */
interface Seat {
  since?: Position | undefined;
  /** What keeps the channel open until it is in. */
  interests: Set<Interest>;
  feed?: Feed;
  stay?: Stay;
  /** Whether the client has left: that was answered, and nothing further is. */
  left: boolean;
}

// A frame costs 1 and a wrong one 10 more: 27 wrong ones at once, or 50 good ones a second for ever.
const costs = { frame: 1, fault: 10 };
const allowance = { capacity: 300, perSecond: 50 };

/** One client's life: it prepares channels, opens, joins and leaves, and ends. What comes before or after is dropped. */
export class Session implements Member {
  readonly #world: SessionWorld;
  readonly #allowance: Allowance;
  readonly #seats = new Map<string, Seat>();
  #peer: Peer | undefined;
  #phase: 'entering' | 'open' | 'closed' = 'entering';
  #heard = true;

  constructor(world: SessionWorld) {
    this.#world = world;
    this.#allowance = new Allowance({ clock: world.clock, ...allowance });
  }

  /** Whether it takes no part any more. */
  get closed(): boolean {
    return this.#phase === 'closed';
  }

  get channels(): number {
    return this.#seats.size;
  }

  get backlog(): number {
    return this.#peer?.backlog ?? 0;
  }

  get format(): Format {
    return (this.#peer as Peer).format; // nobody is in a channel before it is open
  }

  /** Makes the first channels ready. Resolves when all later publications will be heard. */
  async prepare(channels: readonly string[], since?: ReadonlyMap<string, Position>): Promise<void> {
    await Promise.all(
      channels.map(async (channel) => {
        const seat = this.#seat(channel, since?.get(channel));
        seat.feed = await this.#ready(seat, channel);
      }),
    );
  }

  /** Begins the conversation, in the channels that were made ready; each is told before anything of it is handed over. */
  open(peer: Peer, onJoined?: (channel: string, joined: Joined) => void): void {
    this.#peer = peer;
    if (this.#phase === 'closed') {
      peer.terminate();
      return;
    }
    this.#phase = 'open';
    for (const [channel, seat] of this.#seats) {
      if (!seat.feed) continue;
      this.#enter(seat, seat.feed);
      onJoined?.(channel, joinedOf(seat.feed, seat.since));
    }
    this.catchUp();
  }

  /**
   * Joins a channel. It asks also where it is in it already: an outage or a refusal may have come since. Rejects as
   * `Hub.ready` does, and is out of the channel then. Tells nothing where the client has left meanwhile.
   */
  async join(channel: string, { since, onJoined }: Joining): Promise<void> {
    const seat = this.#seat(channel, since);
    try {
      const feed = await this.#ready(seat, channel);
      if (seat.left) return;
      this.#enter(seat, feed);
      onJoined?.(joinedOf(feed, since));
    } catch (error) {
      if (seat.left) return;
      this.leave(channel);
      throw error;
    }
    this.catchUp();
  }

  /** Whether it is in a channel, or about to be. */
  isIn(channel: string): boolean {
    return this.#seats.has(channel);
  }

  leave(channel: string): void {
    const seat = this.#seats.get(channel);
    if (!seat) return;
    this.#seats.delete(channel);
    seat.left = true;
    endAll(seat.interests);
    if (seat.stay) this.#world.hub.leave(seat.stay);
  }

  /** Takes a sign of life. */
  hear(): void {
    this.#heard = true;
  }

  /** Takes a frame, wrong or right; false where there were too many of them, and the client is closed. */
  afford(kind: keyof typeof costs): boolean {
    const affordable = this.#phase === 'open' && this.#allowance.spend(costs[kind]);
    if (!affordable) this.close(realtimeCloseCodes.abuse, 'too many or too many wrong frames');
    return affordable;
  }

  /** Goes on with what was missed: the client has read what it had. */
  catchUp(): void {
    this.#world.hub.forget(this);
    for (const { stay } of this.#seats.values()) if (stay) this.#world.hub.catchUp(stay);
  }

  write(bytes: Buffer): void {
    if (this.#phase === 'open') this.#peer?.write(bytes);
  }

  cork(): void {
    this.#peer?.cork();
  }

  uncork(): void {
    this.#peer?.uncork();
  }

  giveUp(): void {
    this.#world.log.warn({ backlog: this.backlog }, 'client too slow');
    this.#world.onSlow();
    this.close(realtimeCloseCodes.slow, 'slow');
  }

  /** Pings the client, or hangs up where it was silent since the last time. */
  beat(): void {
    const heard = this.#heard;
    this.#heard = this.#phase === 'entering'; // before the ping: some ends answer it at once
    if (heard) this.#peer?.ping();
    else this.#peer?.terminate();
  }

  /** Says goodbye and hears no channel any more. */
  close(code: number, reason: string): void {
    if (this.#phase === 'closed') return;
    this.end();
    this.#peer?.close(code, reason);
  }

  /** Hangs up on a client that does not answer the goodbye. */
  terminate(): void {
    this.end();
    this.#peer?.terminate();
  }

  /** Leaves everything: the connection is gone. */
  end(): void {
    this.#phase = 'closed';
    this.#world.hub.forget(this);
    for (const channel of [...this.#seats.keys()]) this.leave(channel);
  }

  #seat(channel: string, since: Position | undefined): Seat {
    const seat = this.#seats.get(channel) ?? { since, interests: new Set(), left: false };
    this.#seats.set(channel, seat);
    return seat;
  }

  #ready(seat: Seat, channel: string): Promise<Feed> {
    const interest = this.#world.hub.want(channel);
    if (seat.left || this.closed) interest.end();
    else seat.interests.add(interest);
    return interest.ready;
  }

  #enter(seat: Seat, feed: Feed): void {
    seat.stay ??= this.#world.hub.enter(feed, this, seat.since);
    endAll(seat.interests);
  }
}

function endAll(interests: Set<Interest>): void {
  for (const interest of interests) interest.end();
  interests.clear();
}

function joinedOf({ position, ring }: Feed, since: Position | undefined): Joined {
  if (!since) return { position };
  return { position, recovered: since.epoch === position.epoch && since.offset <= ring.last };
}
