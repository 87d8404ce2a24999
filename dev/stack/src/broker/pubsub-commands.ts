import type { Caller, CommandTable, Shared } from './caller.ts';
import { matchesGlob } from './glob.ts';
import { absent, bulk, error, integer, list, push, type Reply } from './reply.ts';

type Kind = 'names' | 'patterns';

/** Publishing and subscribing. Each channel of one command is confirmed on its own. */
export const pubSubCommands: CommandTable = {
  subscribe: { arity: -2, run: (args, caller, shared) => subscribe('names', args, { caller, shared }) },
  psubscribe: { arity: -2, run: (args, caller, shared) => subscribe('patterns', args, { caller, shared }) },
  unsubscribe: { arity: -1, run: (args, caller, shared) => unsubscribe('names', args, { caller, shared }) },
  punsubscribe: { arity: -1, run: (args, caller, shared) => unsubscribe('patterns', args, { caller, shared }) },
  publish: {
    arity: 3,
    run: ([channel = Buffer.alloc(0), payload = Buffer.alloc(0)], _, { channels }) =>
      integer(channels.publish(channel, payload)),
  },
  pubsub: {
    subcommands: {
      channels: {
        arity: -2,
        run: ([pattern, ...more], _, { channels }) =>
          more.length > 0 ? badChannels : namesMatching(pattern, channels),
      },
      numsub: {
        arity: -2,
        run: (names, _, { channels }) =>
          list(names.flatMap((name) => [bulk(name), integer(channels.names.count(name))])),
      },
      numpat: { arity: 2, run: (_args, _caller, { channels }) => integer(channels.patterns.all().length) },
    },
  },
};

const badChannels = error("ERR unknown subcommand or wrong number of arguments for 'CHANNELS'. Try PUBSUB HELP.");
const verbs = { names: 'subscribe', patterns: 'psubscribe' } as const;
const oppositeVerbs = { names: 'unsubscribe', patterns: 'punsubscribe' } as const;

interface Context {
  caller: Caller;
  shared: Shared;
}

function subscribe(kind: Kind, names: readonly Buffer[], { caller, shared }: Context): Reply[] {
  return names.map((name) => {
    shared.channels[kind].add(name, caller);
    return push([bulk(verbs[kind]), bulk(name), integer(shared.channels.countOf(caller))]);
  });
}

function unsubscribe(kind: Kind, names: readonly Buffer[], { caller, shared }: Context): Reply[] {
  const { channels } = shared;
  const verb = bulk(oppositeVerbs[kind]);
  const left = names.length > 0 ? names : channels[kind].of(caller);
  if (left.length === 0) return [push([verb, absent, integer(channels.countOf(caller))])];
  return left.map((name) => {
    channels[kind].remove(name, caller);
    return push([verb, bulk(name), integer(channels.countOf(caller))]);
  });
}

function namesMatching(pattern: Buffer | undefined, channels: Shared['channels']): Reply {
  const glob = pattern?.toString('latin1');
  const names = channels.names.all().filter((name) => glob === undefined || matchesGlob(glob, name.toString('latin1')));
  return list(names.map(bulk));
}
