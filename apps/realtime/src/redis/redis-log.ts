import { createHash, randomBytes } from 'node:crypto';
import type { Position } from '@seaworthy/contracts/realtime';
import type { Redis } from '@seaworthy/redis/connection';
import type { Stored } from '../broker.ts';
import type { Channel } from '../channel.ts';
import { runScript } from './script.ts';
import { keysOf } from './stored-channel.ts';
import { publishOnce, publishStored, readStored, renewStored } from './stored-channel-scripts.ts';

/** How much is kept of a durable channel. */
export interface Keep {
  messages: number;
  seconds: number;
}

/** Publishes to channels, in passing or with a number and a copy in a stream, and reads such streams. */
export class RedisLog {
  readonly #redis: Redis;
  readonly #keep: Keep;

  constructor(redis: Redis, keep: Keep) {
    this.#redis = redis;
    this.#keep = keep;
  }

  async publish({ name, durable }: Channel, payload: Buffer, key?: string): Promise<Position | undefined> {
    const { state, log, topic, once } = keysOf(name);
    const guard = once(
      createHash('sha256')
        .update(key ?? '')
        .digest('base64url'),
    );
    if (durable) {
      const values = [newEpoch(), payload, topic, this.#keep.messages, this.#keep.seconds, key ?? ''];
      const answer = await runScript(this.#redis, publishStored, { keys: [state, log, guard], values });
      const [epoch, offset] = answer as Buffer[];
      return { epoch: String(epoch), offset: Number(offset) };
    }
    if (key !== undefined) await runScript(this.#redis, publishOnce, { keys: [guard], values: [payload, name] });
    else await this.#redis.publish(name, payload);
    return undefined;
  }

  async read({ name }: Channel, range: { after?: Position | undefined; limit: number }): Promise<Stored> {
    const { state, log } = keysOf(name);
    const { after, limit } = range;
    const values = [newEpoch(), after?.epoch ?? '', after?.offset ?? 0, limit];
    const answer = await runScript(this.#redis, readStored, { keys: [state, log], values });
    const [epoch, begins, head, entries] = answer as [Buffer, Buffer, Buffer, [Buffer, Buffer[]][]];
    const messages = entries.map(([id, fields]) => ({
      offset: Number.parseInt(id.toString(), 10),
      payload: fields[1] as Buffer,
    }));
    return { epoch: String(epoch), begins: Number(begins), head: Number(head), messages };
  }

  async renew({ name }: Channel, { epoch, offset }: Position): Promise<void> {
    const { state } = keysOf(name);
    await runScript(this.#redis, renewStored, { keys: [state], values: [newEpoch(), epoch, offset] });
  }
}

function newEpoch(): string {
  return randomBytes(6).toString('base64url');
}
