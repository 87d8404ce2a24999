import type { Gap } from '@seaworthy/contracts/realtime';

/** A publication. */
export interface Message {
  channel: string;
  /** What was published, byte for byte. */
  payload: Buffer;
  epoch: string;
  /** Its number in the channel; none where it was published to a durable channel in passing. */
  offset?: number | undefined;
}

/** A way of writing for a wire. What it writes is whole, and the same for all who receive it. */
export interface Format {
  message(message: Message): Buffer;
  gap(gap: Gap): Buffer;
}

/** What happened in a channel, a message or a loss: written once in each format that somebody reads. */
export class Entry {
  readonly content: Message | Gap;
  // Nearly all channels are read in one format: it needs no table.
  #format: Format | undefined;
  #bytes: Buffer | undefined;
  #others: Map<Format, Buffer> | undefined;

  constructor(content: Message | Gap) {
    this.content = content;
  }

  /** Its number in the channel, or the last that it tells as missing; none where it has none. */
  get offset(): number | undefined {
    return 'payload' in this.content ? this.content.offset : this.content.to;
  }

  /** About how much memory it holds, in bytes. */
  get weight(): number {
    return 'payload' in this.content ? 2 * this.content.payload.length + 200 : 200;
  }

  in(format: Format): Buffer {
    if (this.#format === format && this.#bytes) return this.#bytes;
    const known = this.#others?.get(format);
    if (known) return known;
    const bytes = 'payload' in this.content ? format.message(this.content) : format.gap(this.content);
    this.#keep(format, bytes);
    return bytes;
  }

  #keep(format: Format, bytes: Buffer): void {
    if (this.#format === undefined) [this.#format, this.#bytes] = [format, bytes];
    else this.#others = (this.#others ?? new Map()).set(format, bytes);
  }
}
