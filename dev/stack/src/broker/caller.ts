import type { Channels } from './channels.ts';
import type { Keyspace } from './keyspace.ts';
import type { Protocol, Reply } from './reply.ts';

/** One connected client, as commands see it. */
export interface Caller {
  readonly id: number;
  protocol: Protocol;
  name: Buffer;
  send(reply: Reply): void;
  /** Closes the connection once everything sent so far is written. */
  end(): void;
}

/** What all clients share. */
export interface Shared {
  channels: Channels;
  keyspace: Keyspace;
}

/** A command, after its name was found: gets the arguments behind the name. */
export interface Command {
  /** Number of words with the name; negative for a least number, as Redis counts. */
  arity: number;
  run(args: readonly Buffer[], caller: Caller, shared: Shared): Reply | readonly Reply[];
}

/** Commands by their name in lower case; a nested table holds subcommands. */
export type CommandTable = Readonly<Record<string, Command | { subcommands: Readonly<Record<string, Command>> }>>;
