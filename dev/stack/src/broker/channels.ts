import type { Caller } from './caller.ts';
import { matchesGlob } from './glob.ts';
import { bulk, push } from './reply.ts';

/** Names of channels are bytes; as Latin-1 text they can be keys and lose nothing. */
const keyOf = (name: Buffer) => name.toString('latin1');
const bytesOf = (key: string) => Buffer.from(key, 'latin1');

/** Who listens to which channels and patterns. */
export type Channels = ReturnType<typeof createChannels>;

/** Makes an empty set of channels. */
export function createChannels() {
  const byName = new Map<string, Set<Caller>>();
  const byPattern = new Map<string, Set<Caller>>();

  return {
    /** Channels by their whole name. */
    names: listenersOf(byName),
    patterns: listenersOf(byPattern),
    /** How many subscriptions of both kinds a client has. */
    countOf: (caller: Caller) => countIn(byName, caller) + countIn(byPattern, caller),
    /** Sends a message to everybody who listens; answers how many deliveries that was. */
    publish(channel: Buffer, payload: Buffer): number {
      const key = keyOf(channel);
      const direct = byName.get(key) ?? [];
      let deliveries = 0;
      for (const caller of direct) {
        caller.send(push([bulk('message'), bulk(channel), bulk(payload)]));
        deliveries += 1;
      }
      for (const [pattern, callers] of byPattern) {
        if (!matchesGlob(pattern, key)) continue;
        const message = push([bulk('pmessage'), bulk(bytesOf(pattern)), bulk(channel), bulk(payload)]);
        for (const caller of callers) caller.send(message);
        deliveries += callers.size;
      }
      return deliveries;
    },
    /** Ends all subscriptions of a client that is gone. */
    forget(caller: Caller): void {
      for (const table of [byName, byPattern]) for (const key of [...table.keys()]) remove(table, key, caller);
    },
  };
}

function listenersOf(table: Map<string, Set<Caller>>) {
  return {
    add(name: Buffer, caller: Caller): void {
      const key = keyOf(name);
      const callers = table.get(key) ?? new Set();
      table.set(key, callers.add(caller));
    },
    remove: (name: Buffer, caller: Caller) => remove(table, keyOf(name), caller),
    of: (caller: Caller) => [...table].filter(([, callers]) => callers.has(caller)).map(([key]) => bytesOf(key)),
    count: (name: Buffer) => table.get(keyOf(name))?.size ?? 0,
    all: () => [...table.keys()].map(bytesOf),
  };
}

function countIn(table: Map<string, Set<Caller>>, caller: Caller): number {
  let count = 0;
  for (const callers of table.values()) if (callers.has(caller)) count += 1;
  return count;
}

function remove(table: Map<string, Set<Caller>>, key: string, caller: Caller): void {
  const callers = table.get(key);
  callers?.delete(caller);
  if (callers?.size === 0) table.delete(key);
}
