import type { Gap, Position } from '@seaworthy/contracts/realtime';
import { type ErrorMessage, type Message, realtimeV1, type ServerMessage } from '@seaworthy/contracts/realtime-v1';
import { ReconnectPause } from './reconnect-pause.ts';

export interface SubscriberOptions {
  /** Where to connect to: asked each time, as the service may have moved or the ticket may have changed. */
  url(): string | URL;
  onMessage(channel: string, payload: string | Uint8Array): void;
  /** Messages are missing here: read the state anew from where it is kept. */
  onGap(gap: Gap): void;
  /** From now on, whatever is published to the channel arrives; again after each time that the connection was lost. */
  onSubscribed?(channel: string): void;
  /** The service refuses something that was asked of it, and says why. */
  onRefused?(error: ErrorMessage): void;
  /** Waits so many milliseconds; for tests. */
  wait?(milliseconds: number): Promise<unknown>;
}

/** How it ended for good: the code and the reason of the server, or 1000. */
export interface Ended {
  code: number;
  reason: string;
}

/**
 * Subscribes to channels by `realtime.v1` and stays subscribed: it reconnects, goes on after the last message that it
 * has seen, and tells each gap. `ended` resolves when it was closed, or told not to come again.
 */
export class RealtimeSubscriber {
  readonly ended: Promise<Ended>;
  readonly #options: SubscriberOptions;
  readonly #pause = new ReconnectPause();
  /** Where it is in each channel; `undefined` until the server has said so. */
  readonly #places = new Map<string, Position | undefined>();
  #socket: WebSocket | undefined;
  #closed = false;

  constructor(options: SubscriberOptions) {
    this.#options = options;
    this.ended = this.#run();
  }

  subscribe(channel: string): void {
    this.#places.set(channel, this.#places.get(channel));
    this.#say({ type: 'subscribe', channel });
  }

  unsubscribe(channel: string): void {
    this.#places.delete(channel);
    this.#say({ type: 'unsubscribe', channel });
  }

  async close(): Promise<Ended> {
    this.#closed = true;
    this.#socket?.close(1000);
    return this.ended;
  }

  async #run(): Promise<Ended> {
    const { wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) } = this.#options;
    for (;;) {
      const goodbye = await this.#connect();
      const pause = this.#pause.after(goodbye.code);
      if (this.#closed || pause === 'never') return goodbye;
      await wait(pause);
      if (this.#closed) return goodbye;
    }
  }

  #connect(): Promise<Ended> {
    const socket = new WebSocket(this.#options.url(), realtimeV1);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      for (const [channel, since] of this.#places) this.#say({ type: 'subscribe', channel, ...(since && { since }) });
    });
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as ServerMessage));
    return new Promise((resolve) => {
      socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
    });
  }

  #say(request: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case 'closing':
        this.#pause.name(message.reconnectMs);
        return;
      case 'subscribed':
        this.#pause.connected();
        // Who comes back is told by what follows how far it is.
        if (message.recovered === undefined && this.#places.has(message.channel))
          this.#places.set(message.channel, placeOf(message));
        this.#options.onSubscribed?.(message.channel);
        return;
      case 'error':
        this.#options.onRefused?.(message);
        return;
      case 'message':
        this.#take(message);
        return;
      case 'gap':
        if (this.#places.has(message.channel)) this.#jump(message);
        return;
    }
  }

  #take({ channel, offset, data, base64 }: Message): void {
    if (!this.#places.has(channel)) return;
    const place = this.#places.get(channel);
    if (place && offset !== undefined) this.#places.set(channel, { ...place, offset });
    this.#options.onMessage(channel, base64 === undefined ? (data ?? '') : Uint8Array.fromBase64(base64));
  }

  #jump(gap: Gap): void {
    const { channel, epoch, to } = gap;
    const place = this.#places.get(channel);
    if (to !== undefined || place?.epoch !== epoch) this.#places.set(channel, { epoch, offset: to ?? 0 });
    this.#options.onGap(gap);
  }
}

function placeOf({ epoch, offset }: Position): Position {
  return { epoch, offset };
}
