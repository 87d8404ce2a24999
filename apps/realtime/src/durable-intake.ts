import { crc32 } from 'node:zlib';
import type { Position } from '@seaworthy/contracts/realtime';
import type { Stored } from './broker.ts';
import type { Feed } from './feed.ts';
import type { Intake, IntakeWorld } from './intake.ts';

const atOnce = 500;
const mostEarly = 2000;
const remembered = 100;

interface DurableWorld extends IntakeWorld {
  /** How many messages to begin with. */
  recent: number;
  read(range: { after?: Position | undefined; limit: number }): Promise<Stored>;
  renew(position: Position): Promise<void>;
  /** Asked after a read that failed; resolves when it is worth trying again. */
  pause(): Promise<void>;
  /** Told when the channel's numbers began anew. */
  onReset(): void;
  /** Told how many messages had not come by themselves. */
  onFill(messages: number): void;
}

/**
 * The intake of a channel that Redis stores and numbers: whatever is missing between two numbers is read from there
 * before anything later is handed out. One reads at a time, for all who are in the channel.
 */
export class DurableIntake implements Intake {
  readonly #feed: Feed;
  readonly #world: DurableWorld;
  /** What came before its turn, and the run of numbers that it belongs to. */
  readonly #early = new Map<number, Buffer>();
  #earlyEpoch = '';
  #opening: Promise<void> | undefined;
  #filling = false;
  /** Sums of the last payloads, by number: a store that was restored may have others under the same numbers. */
  readonly #sums = new Map<number, number>();
  #doubt = false;
  /** The highest number that was heard of. */
  #known = 0;

  constructor(feed: Feed, world: DurableWorld) {
    this.#feed = feed;
    this.#world = world;
  }

  ready(): Promise<void> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = undefined; // who asks next tries anew
      throw error;
    });
    return this.#opening;
  }

  take(payload: Buffer, position?: Position): void {
    const { ring, epoch } = this.#feed;
    if (!position) this.#append(payload, undefined);
    else if (epoch === '') this.#hold(payload, position);
    else if (position.epoch === epoch && position.offset <= ring.last)
      return; // it was read before it came
    else if (position.epoch === epoch && position.offset === ring.last + 1 && !this.#filling)
      this.#append(payload, position.offset);
    else {
      this.#hold(payload, position);
      void this.#fill();
    }
  }

  resume(): void {
    this.#doubt = true;
    if (this.#feed.epoch !== '') void this.#fill();
  }

  async #open(): Promise<void> {
    const feed = this.#feed;
    const { epoch, begins, head, messages } = await this.#world.read({ limit: this.#world.recent });
    feed.renumber({ epoch, offset: (messages[0]?.offset ?? head + 1) - 1 }, begins);
    for (const { payload, offset } of messages) this.#append(payload, offset);
    feed.flushed = feed.ring.end;
    this.#takeEarly();
    if (this.#isMissing()) void this.#fill();
  }

  #isMissing(): boolean {
    return this.#earlyEpoch === this.#feed.epoch ? this.#known > this.#feed.ring.last : this.#early.size > 0;
  }

  #hold(payload: Buffer, { epoch, offset }: Position): void {
    // What is stored can be read instead.
    if (this.#early.size >= mostEarly || this.#earlyEpoch !== epoch) this.#early.clear();
    this.#known = this.#earlyEpoch === epoch ? Math.max(this.#known, offset) : offset;
    this.#earlyEpoch = epoch;
    this.#early.set(offset, payload);
  }

  /** Reads until nothing is missing that was heard of, and at least once. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    while (await this.#readOn());
    this.#filling = false;
    this.#world.onArrival();
  }

  /** Whether there is more to read. */
  async #readOn(): Promise<boolean> {
    const { ring, epoch } = this.#feed;
    const before = ring.last;
    const from = this.#doubt ? Math.max(0, before - this.#sums.size) : before;
    const stored = await this.#asking(() => this.#world.read({ after: { epoch, offset: from }, limit: atOnce }));
    if (stored.epoch !== this.#feed.epoch) return this.#begin(stored);
    if (this.#doubt) {
      const common = this.#lastCommon(stored);
      if (common < before) await this.#asking(() => this.#world.renew({ epoch, offset: common }));
      this.#doubt = common < before;
      if (this.#doubt) return true;
    }
    this.#takeIn(stored);
    // What was counted, but is neither stored nor here any more.
    if (stored.messages.length < atOnce && ring.last < stored.head) this.#skipTo(stored.head);
    this.#takeEarly();
    // What was heard of, but is nowhere, is not waited for.
    return this.#isMissing() && ring.last > before;
  }

  #takeIn({ messages }: Stored): void {
    for (const { payload, offset } of messages) {
      if (offset > this.#feed.ring.last + 1) this.#skipTo(offset - 1);
      if (offset === this.#feed.ring.last + 1) this.#append(payload, offset);
    }
    this.#world.onFill(messages.length);
  }

  #takeEarly(): void {
    const { ring, epoch } = this.#feed;
    for (const [offset, payload] of [...this.#early].sort(([one], [other]) => one - other)) {
      if (epoch === this.#earlyEpoch && offset === ring.last + 1) this.#append(payload, offset);
      if (epoch === this.#earlyEpoch && offset <= ring.last) this.#early.delete(offset);
    }
  }

  #skipTo(to: number): void {
    this.#feed.lose({ reason: 'trimmed', from: this.#feed.ring.last + 1, to }, this.#world.now());
  }

  /** What was stored is gone, wholly or in part: everybody is told, and gets what this run of numbers has so far. */
  #begin({ epoch, begins }: Stored): true {
    const offset = Math.min(this.#feed.ring.last, begins);
    this.#doubt = false;
    this.#sums.clear();
    this.#feed.renumber({ epoch, offset });
    this.#world.onReset();
    return true;
  }

  #append(payload: Buffer, offset: number | undefined): void {
    const { now, mostBytes } = this.#world;
    if (offset !== undefined) {
      this.#sums.set(offset, crc32(payload));
      this.#sums.delete(offset - remembered);
    }
    if (payload.length <= mostBytes) this.#feed.append(payload, { offset, now: now() });
    else this.#feed.lose({ reason: 'large', ...(offset !== undefined && { from: offset, to: offset }) }, now());
  }

  /** The last number up to which the store has what was handed out. */
  #lastCommon({ messages, head }: Stored): number {
    const { last } = this.#feed.ring;
    const other = messages.find(({ offset, payload }) => (this.#sums.get(offset) ?? crc32(payload)) !== crc32(payload));
    return other ? other.offset - 1 : Math.min(head, last);
  }

  /** An outage only makes it wait. */
  async #asking<T>(ask: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await ask();
      } catch {
        await this.#world.pause();
      }
  }
}
