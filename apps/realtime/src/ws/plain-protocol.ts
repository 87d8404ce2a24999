import type { Log } from '@seaworthy/chassis/log';
import { realtimeLimits } from '@seaworthy/contracts/realtime';
import type { PlainClientMessage, PlainServerMessage } from '@seaworthy/contracts/realtime-plain';
import type { Session } from '../session.ts';
import type { Conversation, Protocol } from './conversation.ts';
import { readCommand, refusal } from './plain-commands.ts';
import { plainFormat } from './plain-format.ts';

/** Payloads as they were published, and `join` and `leave`. */
export function plainProtocol(log: Log): Protocol {
  return { format: plainFormat, converse: (session, send) => conversation(session, send, log) };
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
      log.warn({ reason: (error as Error).message, channel }, 'channel refused');
      refuse(refusal('refused', 'This channel cannot be joined here.', channel));
    }
  }

  function obey({ type, channel }: PlainClientMessage): void {
    if (type === 'join') return void join(channel);
    session.leave(channel);
    answer({ type: 'left', channel });
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
