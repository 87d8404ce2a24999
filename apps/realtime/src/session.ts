import type { Log } from '@seaworthy/chassis/log';
import { type Position, realtimeCloseCodes } from '@seaworthy/contracts/realtime';
import { type Access, requireRead } from './access.ts';
import type { Format } from './entry.ts';
import type { Feed } from './feed.ts';
import type { Hub } from './hub.ts';
import { type Joined, joinedOf } from './joined.ts';
import { type Cost, Manners } from './manners.ts';
import type { Peer } from './peer.ts';
import type { PermitWorld } from './permit.ts';
import { endAll, type Seat } from './seat.ts';
import type { Member } from './stay.ts';

/** What sessions have in common. */
export interface SessionWorld extends PermitWorld {
  hub: Hub;
  log: Log;
  /** Told of each client that we say goodbye to. */
  onClose(code: number): void;
}

interface Joining {
  since?: Position | undefined;
  /** Told before anything of the channel is handed over. */
  onJoined?(joined: Joined): void;
}

/** One client's life: it prepares channels, opens, joins and leaves, and ends. What comes before or after is dropped. */
export class Session implements Member {
  readonly #world: SessionWorld;
  readonly manners: Manners;
  readonly #seats = new Map<string, Seat>();
  #peer: Peer | undefined;
  #phase: 'entering' | 'open' | 'closed' = 'entering';
  #heard = true;

  constructor(world: SessionWorld) {
    this.#world = world;
    this.manners = new Manners(world);
  }

  /** Whether it takes no part any more. */
  get closed(): boolean {
    return this.#phase === 'closed';
  }

  /** What the client may do; `undefined` before it has shown a token. */
  get access(): Access | undefined {
    return this.manners.permit.access;
  }

  /** How the client is spoken to, once it is. */
  get face(): string | undefined {
    return this.#peer?.face;
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

  /**
   * Takes a token, and answers which channels the client had to leave as it does not allow them. Rejects as `Permit.show`
   * does; a client that has shown none before is closed then.
   */
  async authenticate(token: string): Promise<string[]> {
    try {
      await this.manners.permit.show(token);
    } catch (error) {
      const goodbye = this.manners.refusal(error);
      if (goodbye) this.close(goodbye.code, goodbye.reason);
      throw error;
    }
    const lost = [...this.#seats.keys()].filter((channel) => !this.access?.mayRead(channel));
    for (const channel of lost) this.leave(channel);
    return lost;
  }

  /** Makes the first channels ready. Resolves when all later publications will be heard. Rejects as `join` does. */
  async prepare(channels: readonly string[], since?: ReadonlyMap<string, Position>): Promise<void> {
    for (const channel of channels) requireRead(this.access, channel);
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
   * `Hub.ready` does, and is out of the channel then; and with a Problem of kind `forbidden` where it may not read the
   * channel. Tells nothing where the client has left meanwhile.
   */
  async join(channel: string, { since, onJoined }: Joining): Promise<void> {
    requireRead(this.access, channel);
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

  /** Says goodbye to who has no right to stay; to be called every second or so. */
  check(): void {
    const fault = this.manners.fault();
    if (fault) this.close(fault.code, fault.reason);
  }

  /** Takes a frame, wrong or right; false where there were too many of them, and the client is closed. */
  afford(kind: Cost): boolean {
    const affordable = this.#phase === 'open' && this.manners.afford(kind);
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
    this.#world.onClose(code);
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
