import { realtimeLimits } from '@seaworthy/contracts/realtime';
import type { PlainServerMessage as ServerMessage } from '@seaworthy/contracts/realtime-plain';

/** A published payload: text where it was valid UTF-8, else its bytes. */
export type Payload = string | Uint8Array;

/** How a connection ended. */
export interface Goodbye {
  code: number;
  reason: string;
}

interface Options {
  channels?: readonly string[];
  headers?: Record<string, string>;
}

/**
 * Connects to the service at `base` (http or ws, with or without a path of its own) and joins the channels of the
 * options: whatever is published after this resolves arrives. Rejects where the service refuses the connection.
 */
export async function openRealtime(
  base: string,
  { channels = [], headers = {} }: Options = {},
): Promise<RealtimeClient> {
  const url = new URL('ws', base.endsWith('/') ? base : `${base}/`);
  url.protocol = url.protocol.replace('http', 'ws');
  for (const channel of channels) url.searchParams.append('channel', channel);
  const socket = new WebSocket(url, { headers });
  const client = new RealtimeClient(socket);
  const opened = new Promise((resolve) => socket.addEventListener('open', resolve));
  const refused = client.closed.then(({ code }) => {
    throw new Error(`the connection to ${url.origin} was refused (${code})`);
  });
  await Promise.race([opened, refused]);
  refused.catch(() => undefined); // from here on it is a goodbye
  return client;
}

/** A connection to the realtime service. */
export class RealtimeClient {
  /** Resolves when the connection has ended, for whatever reason. */
  readonly closed: Promise<Goodbye>;
  readonly #socket: WebSocket;
  readonly #inbox = new Inbox();
  readonly #requests = new Requests();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('message', ({ data }) => this.#take(data));
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code, reason }) => {
        const error = new Error(`the connection ended: ${code} ${reason}`.trim());
        this.#inbox.end(error);
        this.#requests.end(error);
        resolve({ code, reason });
      });
    });
  }

  /** Joins a channel; whatever is published after this resolves arrives. Rejects with the server's message. */
  join(channel: string): Promise<void> {
    this.send(JSON.stringify({ type: 'join', channel }));
    return this.#requests.add('joined', channel);
  }

  /** Leaves a channel: nothing of it arrives after this resolves. A join that is still waiting is rejected. */
  leave(channel: string): Promise<void> {
    this.send(JSON.stringify({ type: 'leave', channel }));
    return this.#requests.add('left', channel);
  }

  /** The next payload in the order of arrival, those included that arrived before. Rejects when the connection ends. */
  next(): Promise<Payload> {
    return this.#inbox.take();
  }

  /** Sends a frame as it is. */
  send(frame: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(frame);
  }

  close(): Promise<Goodbye> {
    this.#socket.close(1000);
    return this.closed;
  }

  #take(data: string | ArrayBuffer): void {
    if (typeof data !== 'string') this.#inbox.put(new Uint8Array(data));
    else if (!this.#requests.settle(data)) this.#inbox.put(data);
  }
}

interface Request {
  answer: 'joined' | 'left';
  channel: string;
  promise: PromiseWithResolvers<void>;
}

/**
 * Requests that wait for their answers. A payload that looks like one of these answers cannot be told apart. An error
 * that names no channel is no answer: it belongs to a frame that was sent as it is.
 */
class Requests {
  #waiting: Request[] = [];

  add(answer: Request['answer'], channel: string): Promise<void> {
    const promise = Promise.withResolvers<void>();
    this.#waiting.push({ answer, channel, promise });
    return promise.promise;
  }

  /** Whether a text frame was the answer to a request. */
  settle(text: string): boolean {
    const message = this.#waiting.length > 0 ? parse(text) : undefined;
    if (message === undefined) return false;
    const at = this.#waiting.findIndex((request) => answers(message, request));
    const request = this.#waiting.splice(at, at < 0 ? 0 : 1)[0];
    if (message.type === 'error') request?.promise.reject(new Error(`${message.code}: ${message.message}`));
    else if (message.type === 'left' && request) this.#giveUpJoins(message.channel, at);
    request?.promise.resolve();
    return request !== undefined;
  }

  end(error: Error): void {
    for (const { promise } of this.#waiting.splice(0)) promise.reject(error);
  }

  /** The server answers a join that was overtaken by a leave with nothing but `left`. */
  #giveUpJoins(channel: string, before: number): void {
    const overtaken = this.#waiting.filter(
      (request, at) => at < before && request.answer === 'joined' && request.channel === channel,
    );
    this.#waiting = this.#waiting.filter((request) => !overtaken.includes(request));
    for (const { promise } of overtaken) promise.reject(new Error('left before it was joined'));
  }
}

function answers(message: ServerMessage, { answer, channel }: Request): boolean {
  if (message.type === 'error') return message.channel === channel.slice(0, realtimeLimits.channelEcho);
  return message.type === answer && message.channel === channel;
}

function parse(text: string): ServerMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}

/** Payloads that wait for a reader, or readers that wait for payloads. */
class Inbox {
  readonly #payloads: Payload[] = [];
  readonly #readers: PromiseWithResolvers<Payload>[] = [];
  #ended: Error | undefined;

  put(payload: Payload): void {
    const reader = this.#readers.shift();
    if (reader) reader.resolve(payload);
    else this.#payloads.push(payload);
  }

  take(): Promise<Payload> {
    const payload = this.#payloads.shift();
    if (payload !== undefined) return Promise.resolve(payload);
    if (this.#ended) return Promise.reject(this.#ended);
    const reader = Promise.withResolvers<Payload>();
    this.#readers.push(reader);
    return reader.promise;
  }

  end(error: Error): void {
    this.#ended = error;
    for (const reader of this.#readers.splice(0)) reader.reject(error);
  }
}
