import { randomBytes, randomInt } from 'node:crypto';
import type { Log } from '@seaworthy/chassis/log';
import { realtimeCloseCodes, realtimeLimits } from '@seaworthy/contracts/realtime';
import type { ClientMessage, ErrorMessage, ServerMessage, Subscribe } from '@seaworthy/contracts/realtime-v1';
import type { Session } from '../session.ts';
import { pingSeconds } from './clients.ts';
import type { Conversation, Protocol } from './conversation.ts';
import { v1Format } from './v1-format.ts';
import { readRequest, refusal } from './v1-requests.ts';

/** Clients of a stopping process come back spread over this time, in milliseconds. */
const reconnect = { earliest: 250, latest: 5000 };

/** `realtime.v1`: requests with ids and answers, and messages with their numbers, all in JSON. */
export function v1Protocol(log: Log): Protocol {
  return { format: v1Format, converse: (session, send) => conversation(session, send, log) };
}

function conversation(session: Session, send: (text: string) => void, log: Log): Conversation {
  const say = (message: ServerMessage): void => send(JSON.stringify(message));

  function answer(message: ServerMessage): void {
    if (!session.closed) say(message);
  }

  function refuse(error: ErrorMessage): void {
    if (session.afford('fault')) answer(error);
  }

  async function subscribe({ id, channel, since }: Subscribe): Promise<void> {
    if (session.channels >= realtimeLimits.channelsPerConnection && !session.isIn(channel)) {
      const text = `A connection can be in ${realtimeLimits.channelsPerConnection} channels.`;
      return refuse(refusal('too-many-channels', text, { id, channel }));
    }
    try {
      await session.join(channel, {
        since,
        onJoined: ({ position, recovered }) =>
          answer({ ...reply('subscribed', id), channel, ...position, ...(recovered !== undefined && { recovered }) }),
      });
    } catch (error) {
      log.warn({ reason: (error as Error).message, channel }, 'channel refused');
      refuse(refusal('refused', 'This channel cannot be joined here.', { id, channel }));
    }
  }

  function obey(request: ClientMessage): void {
    const { id } = request;
    if (request.type === 'subscribe') void subscribe(request);
    else if (request.type === 'ping') answer(reply('pong', id));
    else {
      session.leave(request.channel);
      answer({ ...reply('unsubscribed', id), channel: request.channel });
    }
  }

  return {
    begin: () => say(welcome()),
    text(frame) {
      const request = readRequest(frame);
      if (request.type === 'error') refuse(request);
      else obey(request);
    },
    binary: () => refuse(refusal('binary', 'Requests are text frames.')),
    end(code) {
      if (code !== realtimeCloseCodes.restart) return;
      say({ type: 'closing', reconnectMs: randomInt(reconnect.earliest, reconnect.latest) });
    },
  };
}

function welcome(): ServerMessage {
  const session = randomBytes(9).toString('base64url');
  return { type: 'welcome', session, pingMs: pingSeconds * 1000, maxBytes: realtimeLimits.incomingBytes };
}

function reply<T extends string>(type: T, id: ClientMessage['id']): { type: T; id?: NonNullable<ClientMessage['id']> } {
  return id === undefined ? { type } : { type, id };
}
