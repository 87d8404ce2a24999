import { randomBytes, randomInt } from 'node:crypto';
import type { Log } from '@seaworthy/chassis/log';
import { realtimeCloseCodes, realtimeLimits } from '@seaworthy/contracts/realtime';
import type {
  Auth,
  ClientMessage,
  ErrorMessage,
  Publish as PublishRequest,
  ServerMessage,
  Subscribe,
} from '@seaworthy/contracts/realtime-v1';
import type { Publish } from '../publisher.ts';
import type { Session } from '../session.ts';
import { pingSeconds } from './clients.ts';
import type { Conversation, Protocol } from './conversation.ts';
import { errorOf } from './error-code.ts';
import { v1Format } from './v1-format.ts';
import { payloadOf, readRequest, refusal } from './v1-requests.ts';

/** Clients of a stopping process come back spread over this time, in milliseconds. */
const reconnect = { earliest: 250, latest: 5000 };

interface World {
  log: Log;
  publish: Publish;
}

/** `realtime.v1`: requests with ids and answers, and messages with their numbers, all in JSON. */
export function v1Protocol(world: World): Protocol {
  return {
    name: 'v1',
    format: v1Format,
    converse: (session, send) => new V1Conversation(session, (message) => send(JSON.stringify(message)), world),
  };
}

class V1Conversation implements Conversation {
  readonly #session: Session;
  readonly #say: (message: ServerMessage) => void;
  readonly #world: World;

  constructor(session: Session, say: (message: ServerMessage) => void, world: World) {
    this.#session = session;
    this.#say = say;
    this.#world = world;
  }

  begin(): void {
    this.#say(welcome());
  }

  text(frame: string): void {
    const request = readRequest(frame);
    if (request.type === 'error') this.#refuse(request);
    else this.#obey(request);
  }

  binary(): void {
    this.#refuse(refusal('binary', 'Requests are text frames.'));
  }

  end(code: number): void {
    if (code !== realtimeCloseCodes.restart) return;
    this.#say({ type: 'closing', reconnectMs: randomInt(reconnect.earliest, reconnect.latest) });
  }

  #obey(request: ClientMessage): void {
    const { id } = request;
    if (request.type === 'auth') {
      if (this.#session.afford('token')) void this.#authenticate(request);
    } else if (!this.#session.access)
      this.#refuse(refusal('unauthenticated', 'Show an access token first.', { ...request }));
    else if (request.type === 'subscribe') void this.#subscribe(request);
    else if (request.type === 'publish') void this.#publish(request);
    else if (request.type === 'ping') this.#answer(reply('pong', id));
    else {
      this.#session.leave(request.channel);
      this.#answer({ ...reply('unsubscribed', id), channel: request.channel });
    }
  }

  async #authenticate({ id, token }: Auth): Promise<void> {
    try {
      for (const channel of await this.#session.authenticate(token)) this.#answer({ type: 'unsubscribed', channel });
      const seconds = Math.floor(this.#session.manners.permit.goodMilliseconds / 1000);
      const expiry = Number.isFinite(seconds) && { expiresInSeconds: seconds };
      this.#answer({ ...reply('authenticated', id), ...expiry });
    } catch (error) {
      const { code, text } = errorOf(error, 'Another token is being verified.');
      this.#refuse(refusal(code, text, { id }));
    }
  }

  async #subscribe({ id, channel, since }: Subscribe): Promise<void> {
    const session = this.#session;
    if (session.channels >= realtimeLimits.channelsPerConnection && !session.isIn(channel)) {
      const text = `A connection can be in ${realtimeLimits.channelsPerConnection} channels.`;
      return this.#refuse(refusal('too-many-channels', text, { id, channel }));
    }
    try {
      await session.join(channel, {
        since,
        onJoined: ({ position, recovered }) =>
          this.#answer({
            ...reply('subscribed', id),
            channel,
            ...position,
            ...(recovered !== undefined && { recovered }),
          }),
      });
    } catch (error) {
      const { code, text } = errorOf(error, 'This channel cannot be joined here.');
      if (code !== 'forbidden') this.#world.log.warn({ reason: (error as Error).message, channel }, 'channel refused');
      this.#refuse(refusal(code, text, { id, channel }));
    }
  }

  async #publish(request: PublishRequest): Promise<void> {
    const { id, channel, key } = request;
    const payload = payloadOf(request);
    if (!payload) return this.#refuse(refusal('malformed', 'A message has data or base64, and not both.', { id }));
    try {
      const position = await this.#world.publish(this.#session.access, { channel, payload, key });
      this.#answer({ ...reply('published', id), channel, ...position });
    } catch (error) {
      const { code, text } = errorOf(error, 'This message cannot be published here.');
      this.#refuse(refusal(code, text, { id, channel }));
    }
  }

  #answer(message: ServerMessage): void {
    if (!this.#session.closed) this.#say(message);
  }

  #refuse(error: ErrorMessage): void {
    if (this.#session.afford('fault')) this.#answer(error);
  }
}

function welcome(): ServerMessage {
  const session = randomBytes(9).toString('base64url');
  return { type: 'welcome', session, pingMs: pingSeconds * 1000, maxBytes: realtimeLimits.incomingBytes };
}

function reply<T extends string>(type: T, id: ClientMessage['id']): { type: T; id?: NonNullable<ClientMessage['id']> } {
  return id === undefined ? { type } : { type, id };
}
