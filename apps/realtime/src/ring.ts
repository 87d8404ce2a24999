import type { Entry, Format } from './entry.ts';

/** How much of a channel is kept at hand. */
export interface RingLimits {
  entries: number;
  bytes: number;
  milliseconds: number;
}

/** Entries that go out in one write. */
export interface Chunk {
  bytes: Buffer;
  /** How many messages and losses it holds. */
  size: number;
  /** The places of its first entry and of the one that follows it. */
  from: number;
  to: number;
  /** The last number in it or before it. */
  last: number;
}

interface Kept {
  entry: Entry;
  /** The last number of the channel at this place. */
  last: number;
  at: number;
}

const chunkBytes = 64 * 1024;

/**
 * The latest entries of a channel. A place is a number that only this process knows: it counts all entries, also those
 * that have no number in the channel.
 */
export class Ring {
  readonly #limits: RingLimits;
  #kept: Kept[] = [];
  /** How many at the beginning of `#kept` are gone: to cut them off each time would cost more. */
  #gone = 0;
  #first = 0;
  #bytes = 0;
  #before = 0;
  #latest: { format: Format; chunk: Chunk } | undefined;

  constructor(limits: RingLimits) {
    this.#limits = limits;
  }

  /** The place of the oldest entry. */
  get first(): number {
    return this.#first;
  }

  /** The place that the next entry will have. */
  get end(): number {
    return this.#first + this.#kept.length - this.#gone;
  }

  /** The last number of the channel. */
  get last(): number {
    return this.#kept.at(-1)?.last ?? this.#before;
  }

  /** About how much memory it holds. */
  get bytes(): number {
    return this.#bytes;
  }

  append(entry: Entry, now: number): void {
    this.#kept.push({ entry, last: entry.offset ?? this.last, at: now });
    this.#bytes += entry.weight;
  }

  /** Forgets everything; the next number is the one after `last`. */
  begin(last: number): void {
    this.#first = this.end;
    [this.#kept, this.#gone, this.#bytes, this.#before, this.#latest] = [[], 0, 0, last, undefined];
  }

  /** Forgets what is too old or too much, but nothing from the place `keep` on. */
  prune(now: number, keep: number): void {
    const { entries, bytes, milliseconds } = this.#limits;
    for (let kept = this.#kept[this.#gone]; kept && this.#first < keep; kept = this.#kept[this.#gone]) {
      if (this.end - this.#first <= entries && this.#bytes <= bytes && now - kept.at <= milliseconds) break;
      this.#drop(kept);
    }
    if (this.#gone < 64 || this.#gone * 2 < this.#kept.length) return;
    this.#kept = this.#kept.slice(this.#gone);
    this.#gone = 0;
  }

  /** The last number before a place; of one that is gone, the last before all that is here. */
  lastBefore(place: number): number {
    return this.#kept[this.#gone + place - this.#first - 1]?.last ?? this.#before;
  }

  /** The place behind a number, if all that followed it is still here. */
  placeAfter(offset: number): number | undefined {
    if (offset < this.#before || offset > this.last) return undefined;
    let [low, high] = [this.#first, this.end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(middle).last <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What goes out in one write from a place on, up to another; many who are at the same place share it. */
  chunk(format: Format, { from, to }: { from: number; to: number }): Chunk {
    const latest = this.#latest;
    if (latest?.format === format && latest.chunk.from === from && latest.chunk.to <= to) return latest.chunk;
    const parts: Buffer[] = [];
    let [place, bytes] = [from, 0];
    while (place < to && bytes < chunkBytes) {
      const part = this.#at(place).entry.in(format);
      parts.push(part);
      bytes += part.length;
      place++;
    }
    const joined = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, bytes);
    const chunk = { bytes: joined, size: parts.length, from, to: place, last: this.lastBefore(place) };
    this.#latest = { format, chunk };
    return chunk;
  }

  #at(place: number): Kept {
    return this.#kept[this.#gone + place - this.#first] as Kept;
  }

  #drop(kept: Kept): void {
    this.#kept[this.#gone++] = undefined as never; // lets go of the bytes; the place is cut off later
    this.#first++;
    this.#before = kept.last;
    this.#bytes -= kept.entry.weight;
  }
}
