import type { CommandTable } from './caller.ts';
import { notAnInteger, syntaxError } from './command-errors.ts';
import { readInteger } from './integers.ts';
import type { Keyspace } from './keyspace.ts';
import { absent, bulk, error, integer, ok, type Reply } from './reply.ts';

// Beyond this a time in milliseconds does not fit into 64 bits together with now.
const longestMs = 2 ** 63 - 2 ** 42;

/** The few commands on keys that the services may use: a value, and its end. */
export const keyspaceCommands: CommandTable = {
  get: {
    arity: 2,
    run([key = Buffer.alloc(0)], _, { keyspace }) {
      const value = keyspace.get(key);
      return value ? bulk(value) : absent;
    },
  },
  set: { arity: -3, run: (args, _, { keyspace }) => set(args, keyspace) },
  del: { arity: -2, run: (keys, _, { keyspace }) => integer(keys.filter((key) => keyspace.delete(key)).length) },
  exists: {
    arity: -2,
    run: (keys, _, { keyspace }) => integer(keys.filter((key) => keyspace.get(key) !== undefined).length),
  },
  expire: { arity: -3, run: (args, _, { keyspace }) => expire(args, keyspace) },
  ttl: {
    arity: 2,
    run([key = Buffer.alloc(0)], _, { keyspace }) {
      const left = keyspace.lifetimeMs(key);
      if (left === undefined) return integer(-2);
      return integer(left === 'forever' ? -1 : Math.floor((left + 500) / 1000));
    },
  },
};

interface SetOptions {
  condition?: 'NX' | 'XX';
  lifetime?: { unit: 'EX' | 'PX'; amount: Buffer };
}

function set([key = Buffer.alloc(0), value = Buffer.alloc(0), ...words]: readonly Buffer[], keyspace: Keyspace): Reply {
  const options = readSetOptions(words);
  if (!options) return syntaxError;
  const lifetime = options.lifetime && readLifetime(options.lifetime);
  if (typeof lifetime === 'object') return lifetime;
  const exists = keyspace.get(key) !== undefined;
  if (options.condition && (options.condition === 'NX') === exists) return absent;
  keyspace.set(key, value, lifetime);
  return ok;
}

function readSetOptions(words: readonly Buffer[]): SetOptions | undefined {
  const options: SetOptions = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toString('latin1').toUpperCase();
    const amount = words[at + 1];
    if ((word === 'NX' || word === 'XX') && (options.condition ?? word) === word) options.condition = word;
    else if ((word === 'EX' || word === 'PX') && amount && !options.lifetime) {
      options.lifetime = { unit: word, amount };
      at += 1;
    } else return undefined;
  }
  return options;
}

function readLifetime({ unit, amount }: { unit: 'EX' | 'PX'; amount: Buffer }): number | Reply {
  const number = readInteger(amount);
  if (number === undefined) return notAnInteger;
  const ms = unit === 'EX' ? number * 1000 : number;
  return number <= 0 || ms > longestMs ? error("ERR invalid expire time in 'set' command") : ms;
}

function expire(
  [key = Buffer.alloc(0), amount = Buffer.alloc(0), option]: readonly Buffer[],
  keyspace: Keyspace,
): Reply {
  if (option) return error(`ERR Unsupported option ${option.toString('latin1')}`);
  const seconds = readInteger(amount);
  if (seconds === undefined) return notAnInteger;
  if (Math.abs(seconds) * 1000 > longestMs) return error("ERR invalid expire time in 'expire' command");
  return integer(keyspace.expire(key, seconds * 1000) ? 1 : 0);
}
