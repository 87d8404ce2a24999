import { randomUUID } from 'node:crypto';
import type { Broker, Receiver } from '../broker.ts';
import type { Channel } from '../channel.ts';

/** A broker inside this process, for tests and for running without Redis. */
export interface MemoryBroker extends Broker {
  /** Publishes in passing, as anybody would to Redis, and says whether somebody listened. */
  pass(channel: string, payload: string | Buffer): boolean;
  /** Loses the last messages of a durable channel, as a failover may; all, and they begin anew, as a lost disk. */
  forget(channel: string, messages: number): void;
}

interface Log {
  epoch: string;
  begins: number;
  payloads: Buffer[];
  /** Numbers by idempotency key. */
  keys: Map<string, number>;
}

const nobody: Receiver = { message: () => undefined, settled: () => undefined, resumed: () => undefined };

/** Keeps the subscribed channels in a Set and durable ones in arrays; everything is confirmed at once. */
export function memoryBroker(): MemoryBroker {
  const [channels, logs, passed] = [new Set<string>(), new Map<string, Log>(), new Set<string>()];
  let receiver = nobody;

  function logOf({ name }: Channel): Log {
    const log = logs.get(name) ?? { epoch: newEpoch(), begins: 0, payloads: [], keys: new Map() };
    logs.set(name, log);
    return log;
  }

  function tell(...message: Parameters<Receiver['message']>): boolean {
    if (!channels.has(message[0])) return false;
    receiver.message(...message);
    receiver.settled();
    return true;
  }

  return {
    async subscribe({ name }) {
      channels.add(name);
    },
    unsubscribe: ({ name }) => void channels.delete(name),
    receive(next) {
      receiver = next;
    },
    forget(channel, messages) {
      if (messages === Number.POSITIVE_INFINITY) logs.delete(channel);
      else logs.get(channel)?.payloads.splice(-messages, messages);
    },
    pass: (channel, payload) => tell(channel, Buffer.from(payload)),
    async publish(channel, payload, key) {
      if (!channel.durable) {
        const isRepeated = key !== undefined && passed.has(`${key} ${channel.name}`);
        if (!isRepeated) tell(channel.name, payload);
        passed.add(`${key} ${channel.name}`);
        return undefined;
      }
      const { epoch, payloads, keys } = logOf(channel);
      const before = key === undefined ? undefined : keys.get(key);
      if (before !== undefined) return { epoch, offset: before };
      const offset = payloads.push(payload);
      if (key !== undefined) keys.set(key, offset);
      tell(channel.name, payload, { epoch, offset });
      return { epoch, offset };
    },
    async read(channel, { after, limit }) {
      const log = logOf(channel);
      const head = log.payloads.length;
      const { epoch, begins } = log;
      const start = after === undefined ? Math.max(begins, head - limit) : after.epoch === epoch ? after.offset : head;
      const payloads = log.payloads.slice(start, start + limit);
      return { epoch, begins, head, messages: payloads.map((payload, at) => ({ payload, offset: start + at + 1 })) };
    },
    async renew(channel, { epoch, offset }) {
      const log = logOf(channel);
      if (log.epoch === epoch) Object.assign(log, { epoch: newEpoch(), begins: offset });
    },
  };
}

function newEpoch(): string {
  return randomUUID().slice(0, 8);
}
