import type { Log } from '@seaworthy/chassis/log';
import { realtimeLimits } from '@seaworthy/contracts/realtime';
import type { PlainClientMessage, PlainServerMessage } from '@seaworthy/contracts/realtime-plain';
import type { Session } from '../session.ts';
import type { Conversation, Protocol } from './conversation.ts';
import { errorOf } from './error-code.ts';
import { readCommand, refusal } from './plain-commands.ts';
import { plainFormat } from './plain-format.ts';

/** Payloads as they were published, and `join` and `leave`. */
export function plainProtocol(log: Log): Protocol {
  return { name: 'plain', format: plainFormat, converse: (session, send) => conversation(session, send, log) };
}

function conversation(session: Session, send: (text: string) => void, log: Log): Conversation {
  function answer(message: PlainServerMessage): void {
    if (!session.closed) send(JSON.stringify(message));
  }

  function refuse(error: PlainServerMessage): void {
    if (session.afford('fault')) answer(error);
  }

  async function join(channel: string): Promise<void> {
    if (session.channels >= realtimeLimits.channelsPerConnection && !session.isIn(channel)) {
      const text = `A connection can join ${realtimeLimits.channelsPerConnection} channels.`;
      return refuse(refusal('too-many-channels', text, channel));
    }
    try {
      await session.join(channel, { onJoined: () => answer({ type: 'joined', channel }) });
    } catch (error) {
      const { code, text } = errorOf(error, 'This channel cannot be joined here.');
      if (code !== 'forbidden') log.warn({ reason: (error as Error).message, channel }, 'channel refused');
      refuse(refusal(code, text, channel));
    }
  }

  async function authenticate(token: string): Promise<void> {
    try {
      for (const channel of await session.authenticate(token)) answer({ type: 'left', channel });
      answer({ type: 'authenticated' });
    } catch (error) {
      const { code, text } = errorOf(error, 'Another token is being verified.');
      refuse(refusal(code, text));
    }
  }

  function obey(command: PlainClientMessage): void {
    if (command.type === 'auth') {
      if (session.afford('token')) void authenticate(command.token);
      return;
    }
    const { type, channel } = command;
    if (!session.access) refuse(refusal('unauthenticated', 'Show an access token first.', channel));
    else if (type === 'join') void join(channel);
    else {
      session.leave(channel);
      answer({ type: 'left', channel });
    }
  }

  return {
    text(frame) {
      const command = readCommand(frame);
      if (command.type === 'error') refuse(command);
      else obey(command);
    },
    binary: () => refuse(refusal('binary', 'Commands are text frames.')),
  };
}
