import type { Caller, CommandTable } from './caller.ts';
import { notAnInteger, syntaxError } from './command-errors.ts';
import { readInteger } from './integers.ts';
import { absent, bulk, error, integer, list, ok, type Reply } from './reply.ts';

const wrongPassword = error('WRONGPASS invalid username-password pair or user is disabled.');
const badName = error('ERR Client names cannot contain spaces, newlines or special characters.');
const noPassword = error(
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
);

/** Commands about the connection itself. */
export const connectionCommands: CommandTable = {
  ping: {
    arity: -1,
    run([text, ...more], caller, { channels }) {
      if (more.length > 0) return error("ERR wrong number of arguments for 'ping' command");
      const listens = caller.protocol === 2 && channels.countOf(caller) > 0;
      if (listens) return list([bulk('pong'), bulk(text ?? '')]);
      return text === undefined ? { kind: 'simple', text: 'PONG' } : bulk(text);
    },
  },
  echo: { arity: 2, run: ([text = Buffer.alloc(0)]) => bulk(text) },
  hello: { arity: -1, run: (args, caller) => hello(args, caller) },
  auth: {
    arity: -2,
    run([user, password, ...more]) {
      if (more.length > 0) return syntaxError;
      return password === undefined ? noPassword : authenticate(user);
    },
  },
  select: {
    arity: 2,
    run([index = Buffer.alloc(0)]) {
      const number = readInteger(index);
      if (number === undefined) return notAnInteger;
      return number === 0 ? ok : error('ERR DB index is out of range');
    },
  },
  client: {
    subcommands: {
      id: { arity: 2, run: (_, caller) => integer(caller.id) },
      getname: { arity: 2, run: (_, { name }) => (name.length > 0 ? bulk(name) : absent) },
      setname: { arity: 3, run: ([name = Buffer.alloc(0)], caller) => rename(name, caller) },
      setinfo: { arity: 4, run: () => ok },
    },
  },
  info: { arity: -1, run: () => ({ kind: 'verbatim', text: info }) },
  quit: {
    arity: -1,
    run(_, caller) {
      caller.end();
      return ok;
    },
  },
};

// What clients look for before they begin: ioredis waits while `loading` is 1.
const info = [
  '# Server',
  'server_name:seaworthy-development-broker',
  'redis_version:0.0.0',
  'redis_mode:standalone',
  '# Persistence',
  'loading:0',
  '# Replication',
  'role:master',
  '',
].join('\r\n');

function hello([version, ...options]: readonly Buffer[], caller: Caller): Reply {
  const protocol = version === undefined ? caller.protocol : readInteger(version);
  if (protocol === undefined) return error('ERR Protocol version is not an integer or out of range');
  if (protocol !== 2 && protocol !== 3) return error('NOPROTO unsupported protocol version');
  const refusal = applyHelloOptions(options, caller);
  if (refusal) return refusal;
  caller.protocol = protocol;
  return {
    kind: 'map',
    entries: [
      ['server', bulk('seaworthy-development-broker')],
      ['version', bulk('0.0.0')],
      ['proto', integer(protocol)],
      ['id', integer(caller.id)],
      ['mode', bulk('standalone')],
      ['role', bulk('master')],
      ['modules', list([])],
    ],
  };
}

/** Goes through `AUTH user password` and `SETNAME name`; answers the first refusal. */
function applyHelloOptions(options: readonly Buffer[], caller: Caller): Reply | undefined {
  let name = caller.name;
  for (let at = 0; at < options.length; ) {
    const [option, first, second] = options.slice(at, at + 3);
    const word = option?.toString('latin1').toUpperCase();
    if (word === 'AUTH' && first && second) {
      const answer = authenticate(first);
      if (answer !== ok) return answer;
      at += 3;
    } else if (word === 'SETNAME' && first) {
      if (!isName(first)) return badName;
      name = first;
      at += 2;
    } else return error(`ERR Syntax error in HELLO option '${option?.toString('latin1')}'`);
  }
  caller.name = name;
  return undefined;
}

/** As in a Redis without a password: its one user `default` comes in with any. */
function authenticate(user: Buffer | undefined): Reply {
  return user?.toString() === 'default' ? ok : wrongPassword;
}

function rename(name: Buffer, caller: Caller): Reply {
  if (!isName(name)) return badName;
  caller.name = name;
  return ok;
}

function isName(name: Buffer): boolean {
  return /^[!-~]*$/.test(name.toString('latin1'));
}
