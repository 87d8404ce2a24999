import { error, type Reply } from './reply.ts';

// The words of Redis 7, so that a client's handling of them is tested by the broker as well.
export const notAnInteger = error('ERR value is not an integer or out of range');
export const syntaxError = error('ERR syntax error');

/** The number of words does not fit the command. */
export function wrongArity(command: string): Reply {
  return error(`ERR wrong number of arguments for '${command}' command`);
}

/** There is no such command: names it with the beginning of its arguments. */
export function unknownCommand(name: Buffer, args: readonly Buffer[]): Reply {
  let beginning = '';
  for (const arg of args) {
    if (beginning.length >= 128) break;
    beginning += `'${cText(arg, 128 - beginning.length)}' `;
  }
  return error(`ERR unknown command '${cText(name, 128)}', with args beginning with: ${beginning}`);
}

/** There is such a command, but it has no such subcommand. */
export function unknownSubcommand(command: string, name: Buffer): Reply {
  return error(`ERR unknown subcommand '${cText(name, 128)}'. Try ${command.toUpperCase()} HELP.`);
}

/** A RESP2 connection that listens has no way to tell answers from messages. */
export function onlySubscribing(command: string): Reply {
  const allowed = '(P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET';
  return error(`ERR Can't execute '${command}': only ${allowed} are allowed in this context`);
}

/** Redis prints arguments as C strings: they end at a zero byte. */
function cText(bytes: Buffer, longest: number): string {
  return (bytes.toString('latin1').split('\0', 1)[0] ?? '').slice(0, longest);
}
