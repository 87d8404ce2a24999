import { isUtf8 } from 'node:buffer';
import type { Broker } from './broker.ts';

/** One publication, looked at once for all who receive it. */
export interface Message {
  payload: Buffer;
  /** Whether the payload is valid UTF-8, and so may be a WebSocket text frame. */
  text: boolean;
}

/** Somebody who listens to channels. */
export interface Member {
  /** Takes a message, or drops it; never throws. */
  deliver(message: Message): void;
}

/** Who listens to what. It asks the broker for exactly the channels that have members. */
export class Hub {
  readonly #broker: Broker;
  readonly #members = new Map<string, Set<Member>>();

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** How many channels have members. */
  get channels(): number {
    return this.#members.size;
  }

  /** Makes `member` hear a channel. Resolves and rejects as `Broker.subscribe` does. */
  join(member: Member, channel: string): Promise<void> {
    const members = this.#members.get(channel) ?? new Set();
    this.#members.set(channel, members.add(member));
    return this.#broker.subscribe(channel);
  }

  /** Makes `member` hear a channel no more, at once. */
  leave(member: Member, channel: string): void {
    const members = this.#members.get(channel);
    if (!members?.delete(member) || members.size > 0) return;
    this.#members.delete(channel);
    this.#broker.unsubscribe(channel);
  }

  /** Hands a payload to all members of a channel and says how many that were. */
  deliver(channel: string, payload: Buffer): number {
    const members = this.#members.get(channel);
    if (members === undefined) return 0;
    const message = { payload, text: isUtf8(payload) };
    const count = members.size;
    for (const member of members) member.deliver(message); // a member may leave while it is served
    return count;
  }
}
