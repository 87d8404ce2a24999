import type { GapReason } from '@seaworthy/contracts/realtime';
import type { Entry } from './entry.ts';
import type { Loss } from './feed.ts';
import { History, type HistoryOptions } from './history.ts';
import type { Member, Stay } from './stay.ts';

/** What a client that is behind may have waiting before it gets more: its socket tells when that is gone. */
const refillBytes = 64 * 1024;

const patienceMilliseconds = 15_000;
const retryMilliseconds = 1000;

interface Slow {
  backlog: number;
  /** When it was last seen to read. */
  since: number;
}

interface CatchUpOptions extends HistoryOptions {
  /** Told of each loss that a client is told of alone. */
  onLoss(reason: GapReason): void;
}

/**
 * Brings those who are behind up to date: who comes back, and who reads too slowly. Nothing is queued for them; they go
 * on from their place whenever they have read what they have, and are told what is no longer there.
 */
export class CatchUp {
  readonly #options: CatchUpOptions;
  readonly #history: History;
  readonly #slow = new Map<Member, Slow>();

  constructor(options: CatchUpOptions) {
    this.#options = options;
    this.#history = new History(options);
  }

  /** How many clients have more waiting than they can read. */
  get slow(): number {
    return this.#slow.size;
  }

  /** Goes on where it is, until it is up to date or has enough to read. */
  pump(stay: Stay): void {
    const { feed, member } = stay;
    while (stay.state === 'behind' && !stay.reading) {
      if (member.backlog >= refillBytes) {
        this.#wait(member);
        return;
      }
      if (stay.epoch !== feed.epoch) this.#restart(stay);
      else if (stay.next >= feed.flushed) feed.goLive(stay);
      else if (stay.next >= feed.ring.first) this.#advance(stay);
      else if (feed.channel.durable) void this.#recall(stay);
      else this.#skip(stay, stay.cause);
    }
  }

  /** Forgets a client that has gone, or that has read everything. */
  forget(member: Member): void {
    this.#slow.delete(member);
  }

  /** Gives up those who have read nothing for a while; to be called every second or so. */
  sweep(): void {
    const now = this.#options.clock.now();
    for (const [member, slow] of this.#slow)
      if (member.backlog < slow.backlog) Object.assign(slow, { backlog: member.backlog, since: now });
      else if (now - slow.since >= patienceMilliseconds) member.giveUp();
  }

  #wait(member: Member): void {
    if (this.#slow.has(member)) return;
    this.#slow.set(member, { backlog: member.backlog, since: this.#options.clock.now() });
  }

  #advance(stay: Stay): void {
    const { feed, member } = stay;
    const chunk = feed.ring.chunk(member.format, { from: stay.next, to: feed.flushed });
    member.write(chunk.bytes);
    stay.next = chunk.to;
    stay.after = chunk.last;
  }

  /** Goes on with what is stored, which is longer than what is at hand. */
  async #recall(stay: Stay): Promise<void> {
    const { epoch, after: offset } = stay;
    const { channel } = stay.feed;
    stay.reading = true;
    const entries = await this.#history.after(channel, { epoch, offset }).catch(() => undefined);
    if (!entries) await new Promise<void>((resolve) => this.#options.clock.after(retryMilliseconds, resolve));
    stay.reading = false;
    if (entries && stay.state === 'behind' && stay.epoch === epoch) this.#take(stay, entries);
    this.pump(stay);
  }

  /** Hands over as much as there is room for. */
  #take(stay: Stay, entries: readonly Entry[]): void {
    const { feed, member } = stay;
    if (entries.length === 0 && stay.next < feed.ring.first) {
      this.#skip(stay, 'trimmed');
      return;
    }
    member.cork();
    for (const entry of entries) {
      if (member.backlog >= refillBytes) break;
      const { offset = 0 } = entry;
      if (offset > stay.after + 1) this.#tell(stay, { reason: 'trimmed', from: stay.after + 1, to: offset - 1 });
      member.write(entry.in(member.format));
      stay.after = offset;
    }
    member.uncork();
    stay.next = feed.ring.placeAfter(stay.after) ?? feed.ring.first - 1;
  }

  /** Begins with the channel's other run of numbers. */
  #restart(stay: Stay): void {
    const { feed } = stay;
    this.#tell(stay, { reason: 'reset' });
    stay.epoch = feed.epoch;
    stay.after = feed.channel.durable ? feed.begins : feed.position.offset;
    stay.next = feed.channel.durable ? (feed.ring.placeAfter(feed.begins) ?? feed.ring.first - 1) : feed.flushed;
  }

  /** Goes on with the oldest that is at hand. */
  #skip(stay: Stay, reason: GapReason): void {
    const { ring } = stay.feed;
    const [from, to] = [stay.after + 1, ring.lastBefore(ring.first)];
    this.#tell(stay, from <= to ? { reason, from, to } : { reason });
    stay.next = ring.first;
    stay.after = to;
  }

  #tell({ feed, member }: Stay, loss: Loss): void {
    this.#options.onLoss(loss.reason);
    member.write(member.format.gap(feed.gap(loss)));
  }
}
