import type { Gap, GapReason, Position } from '@seaworthy/contracts/realtime';
import type { Channel } from './channel.ts';
import { Entry, type Format } from './entry.ts';
import { type Chunk, Ring, type RingLimits } from './ring.ts';
import { type Member, Stay, type Whereabouts } from './stay.ts';

/** What is new, in one format, for those who have had everything before it. */
export interface Delivery {
  stays: Iterable<Stay>;
  chunks: readonly Chunk[];
}

/** Messages that are missing; see `Gap`. */
export interface Loss {
  reason: GapReason;
  from?: number;
  to?: number;
}

/** What may wait to be handed out, in bytes: it is handed out many times a second. */
const mostPending = 32 * 1024 ** 2;

/** A channel that somebody here is in: what happened in it lately, and who is how far. */
export class Feed {
  readonly channel: Channel;
  readonly ring: Ring;
  /** Names the run of numbers that messages have now. */
  epoch: string;
  /** The number before the first one of this run. */
  begins = 0;
  /** Everything before this place was handed to those who are up to date. */
  flushed: number;
  readonly #live = new Map<Format, Set<Stay>>();
  readonly #behind = new Set<Stay>();

  constructor(channel: Channel, { epoch, limits }: { epoch: string; limits: RingLimits }) {
    this.channel = channel;
    this.epoch = epoch;
    this.ring = new Ring(limits);
    this.flushed = this.ring.end;
  }

  /** How many are in the channel. */
  get size(): number {
    let size = this.#behind.size;
    for (const stays of this.#live.values()) size += stays.size;
    return size;
  }

  /** The last message that was handed out. */
  get position(): Position {
    return { epoch: this.epoch, offset: this.ring.lastBefore(this.flushed) };
  }

  /** Takes a message that is the next one; without an offset it has no number. */
  append(payload: Buffer, { offset, now }: { offset: number | undefined; now: number }): void {
    this.#enter(new Entry({ channel: this.channel.name, payload, epoch: this.epoch, offset }), now);
  }

  /** Tells everybody of a loss, in its place among the messages. */
  lose(loss: Loss, now: number): void {
    this.#enter(new Entry(this.gap(loss)), now);
  }

  gap({ reason, from, to }: Loss): Gap {
    const { epoch, channel } = this;
    const gap: Gap = { type: 'gap', channel: channel.name, epoch, reason };
    return from === undefined || to === undefined ? gap : { ...gap, from, to };
  }

  /** Begins another run of numbers, of which `offset` is the last one so far. Whoever is behind misses the rest. */
  renumber({ epoch, offset }: Position, begins = offset): void {
    this.epoch = epoch;
    this.begins = begins;
    this.ring.begin(offset);
    this.flushed = this.ring.end;
  }

  /** What is new for those who are up to date; from now on it counts as handed to them. */
  take(): Delivery[] {
    const { ring } = this;
    const [from, to] = [Math.max(this.flushed, ring.first), ring.end];
    this.flushed = to;
    if (from >= to) return [];
    return [...this.#live].map(([format, stays]) => ({ stays, chunks: chunksOf(ring, format, { from, to }) }));
  }

  /** Lets somebody in who is so far: who comes back, or without `since`, who gets what is new from now on. */
  enter(member: Member, since?: Position): Stay {
    const stay = new Stay(this, member, this.#whereabouts(since));
    this.#behind.add(stay);
    return stay;
  }

  /** Whoever has had everything gets what is new from now on. */
  goLive(stay: Stay): void {
    const { format } = stay.member;
    this.#behind.delete(stay);
    this.#live.set(format, (this.#live.get(format) ?? new Set()).add(stay));
    stay.state = 'live';
  }

  /** Whoever does not keep up becomes a place, where it goes on when it can. */
  fallBehind(stay: Stay): void {
    this.#live.get(stay.member.format)?.delete(stay);
    this.#behind.add(stay);
    stay.state = 'behind';
    stay.cause = 'slow';
  }

  leave(stay: Stay): void {
    const { format } = stay.member;
    stay.state = 'left';
    this.#behind.delete(stay);
    const stays = this.#live.get(format);
    if (stays?.delete(stay) && stays.size === 0) this.#live.delete(format);
  }

  /** Everybody who is in the channel. */
  *stays(): Generator<Stay> {
    yield* [...this.#behind];
    for (const stays of [...this.#live.values()]) yield* [...stays];
  }

  #whereabouts(since: Position | undefined): Whereabouts {
    if (!since) return { next: this.flushed, after: this.position.offset, epoch: this.epoch };
    const { ring } = this;
    const place = since.epoch === this.epoch ? ring.placeAfter(Math.min(since.offset, ring.last)) : undefined;
    return { next: place ?? ring.first - 1, after: since.offset, epoch: since.epoch };
  }

  #enter(entry: Entry, now: number): void {
    const { ring } = this;
    ring.append(entry, now);
    ring.prune(now, ring.bytes > mostPending ? ring.end : this.flushed);
  }
}

function chunksOf(ring: Ring, format: Format, { from, to }: { from: number; to: number }): Chunk[] {
  const chunks: Chunk[] = [];
  for (let place = from; place < to; place = (chunks.at(-1) as Chunk).to)
    chunks.push(ring.chunk(format, { from: place, to }));
  return chunks;
}
