import type { Caller, Command, CommandTable, Shared } from './caller.ts';
import { onlySubscribing, unknownCommand, unknownSubcommand, wrongArity } from './command-errors.ts';
import { connectionCommands } from './connection-commands.ts';
import { keyspaceCommands } from './keyspace-commands.ts';
import { pubSubCommands } from './pubsub-commands.ts';
import type { Reply } from './reply.ts';

const commands = new Map(
  Object.entries<CommandTable[string]>({ ...connectionCommands, ...pubSubCommands, ...keyspaceCommands }),
);

const whileSubscribed = new Set(['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ping', 'quit']);

/** Runs one request, in the order of checks that Redis has: is there such a command, its words, may it run now. */
export function dispatch(words: readonly Buffer[], caller: Caller, shared: Shared): readonly Reply[] {
  const found = findCommand(words);
  if ('kind' in found) return [found];
  const { command, title, args } = found;
  const fits = command.arity < 0 ? words.length >= -command.arity : words.length === command.arity;
  if (!fits) return [wrongArity(title)];
  const listens = caller.protocol === 2 && shared.channels.countOf(caller) > 0;
  if (listens && !whileSubscribed.has(title)) return [onlySubscribing(title)];
  return [command.run(args, caller, shared)].flat();
}

interface Found {
  command: Command;
  /** `get`, or `client|id` for a subcommand. */
  title: string;
  args: readonly Buffer[];
}

function findCommand([name = Buffer.alloc(0), ...args]: readonly Buffer[]): Found | Reply {
  const title = name.toString('latin1').toLowerCase();
  const command = commands.get(title);
  if (!command) return unknownCommand(name, args);
  if (!('subcommands' in command)) return { command, title, args };
  const [word, ...rest] = args;
  if (!word) return wrongArity(title);
  const key = word.toString('latin1').toLowerCase();
  const subcommand = Object.hasOwn(command.subcommands, key) ? command.subcommands[key] : undefined;
  return subcommand ? { command: subcommand, title: `${title}|${key}`, args: rest } : unknownSubcommand(title, word);
}
