import { reservedPrefix } from '../channel.ts';

/**
 * The keys of a durable channel, all in one hash slot: a tag that is never empty, and ends with the first brace in it
 * for all of them (Redis Cluster specification, hash tags).
 */
export function keysOf(name: string) {
  const stem = `${reservedPrefix}channel:${name}}`;
  return { state: `${stem}:state`, log: `${stem}:log`, topic: stem, once: (key: string) => `${stem}:once:${key}` };
}

/** A stored message as it is published: its epoch, its number and the payload, separated by spaces. */
export function readNumbered(message: Buffer): { epoch: string; offset: number; payload: Buffer } | undefined {
  const first = message.indexOf(0x20);
  const second = message.indexOf(0x20, first + 1);
  const offset = Number(message.toString('latin1', first + 1, second));
  if (first < 1 || second < 0 || !Number.isSafeInteger(offset)) return undefined;
  return { epoch: message.toString('latin1', 0, first), offset, payload: message.subarray(second + 1) };
}
