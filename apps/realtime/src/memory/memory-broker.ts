import type { Broker, Receiver } from '../broker.ts';

/** A broker inside this process, for tests and for running without Redis. */
export interface MemoryBroker extends Broker {
  /** Publishes as anybody would to Redis, and says whether somebody listened. */
  publish(channel: string, payload: string | Buffer): boolean;
}

/** Keeps the subscribed channels in a Set; everything is confirmed at once. */
export function memoryBroker(): MemoryBroker {
  const channels = new Set<string>();
  let receiver: Receiver = () => undefined;
  return {
    async subscribe(channel) {
      channels.add(channel);
    },
    unsubscribe: (channel) => void channels.delete(channel),
    receive(next) {
      receiver = next;
    },
    publish(channel, payload) {
      if (!channels.has(channel)) return false;
      receiver(channel, Buffer.from(payload));
      return true;
    },
  };
}
