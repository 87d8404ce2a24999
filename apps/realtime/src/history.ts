import type { Position } from '@seaworthy/contracts/realtime';
import type { Stored } from './broker.ts';
import type { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import { Entry } from './entry.ts';

const blockMessages = 256;
const keptMilliseconds = 1000;

type Block = readonly Entry[];

export interface HistoryOptions {
  clock: Clock;
  read(channel: Channel, range: { after: Position; limit: number }): Promise<Stored>;
}

/**
 * What is stored of durable channels, read in blocks that begin at round numbers: of thousands who come back at the
 * same time, all who need a block share one read, and what is written for them.
 */
export class History {
  readonly #options: HistoryOptions;
  readonly #blocks = new Map<string, Promise<Block>>();

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Some of the messages after a position, oldest first; none where none is stored. Those before the first are gone. */
  async after(channel: Channel, { epoch, offset }: Position): Promise<readonly Entry[]> {
    const start = { epoch, offset: offset - (offset % blockMessages) };
    const key = `${epoch} ${start.offset} ${channel.name}`;
    const known = this.#blocks.get(key);
    const block = await (known ?? this.#read(channel, { start, key }));
    const entries = block.filter((entry) => (entry.offset ?? 0) > offset);
    if (entries.length > 0 || known === undefined) return entries;
    // It was read when there was less.
    this.#blocks.delete(key);
    return this.after(channel, { epoch, offset });
  }

  #read(channel: Channel, { start, key }: { start: Position; key: string }): Promise<Block> {
    const block = this.#options.read(channel, { after: start, limit: blockMessages }).then(({ epoch, messages }) => {
      if (epoch !== start.epoch) throw new Error('the channel has another epoch by now');
      return messages.map((message) => new Entry({ ...message, channel: channel.name, epoch }));
    });
    this.#blocks.set(key, block);
    const forget = () => this.#blocks.get(key) === block && this.#blocks.delete(key);
    block.then(() => this.#options.clock.after(keptMilliseconds, forget), forget);
    return block;
  }
}
