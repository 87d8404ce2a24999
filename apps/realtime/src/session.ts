import type { Log } from '@seaworthy/chassis/log';
import {
  type ClientMessage,
  realtimeCloseCodes,
  realtimeLimits,
  type ServerMessage,
} from '@seaworthy/contracts/realtime';
import { Allowance } from './allowance.ts';
import type { Clock } from './clock.ts';
import { readCommand, refusal } from './commands.ts';
import type { Hub, Member, Message } from './hub.ts';

/** A client's end of the connection. */
export interface Peer {
  /** Sends one frame. What cannot be written at once is queued without a limit: watch `backlog`. */
  send(data: string | Buffer, kind: 'text' | 'binary'): void;
  ping(): void;
  /** Says goodbye after what is queued. */
  close(code: number, reason: string): void;
  /** Hangs up. */
  terminate(): void;
  /** Bytes that are queued. */
  readonly backlog: number;
}

/** What sessions have in common. */
export interface SessionWorld {
  hub: Hub;
  clock: Clock;
  log: Log;
  /** How many bytes may wait for one client before it counts as too slow. */
  sendBudgetBytes: number;
  /** Told of each client that was too slow. */
  onSlow(): void;
}

// A frame costs 1 and a wrong one 10 more: 27 wrong ones at once, or 50 good ones a second for ever.
const costs = { frame: 1, fault: 10 };
const allowance = { capacity: 300, perSecond: 50 };

/** A channel that a client is in, from its first join to its leave. */
interface Stay {
  /** Whether the client has left: that was answered, and nothing further is. */
  left: boolean;
}

/** One client's life: it enters channels, opens, asks, hears, and ends. What comes before or after is dropped. */
export class Session implements Member {
  readonly #world: SessionWorld;
  readonly #allowance: Allowance;
  readonly #channels = new Map<string, Stay>();
  #peer: Peer | undefined;
  #phase: 'entering' | 'open' | 'closed' = 'entering';
  #heard = true;

  constructor(world: SessionWorld) {
    this.#world = world;
    this.#allowance = new Allowance({ clock: world.clock, ...allowance });
  }

  /** Whether it takes no part any more. */
  get closed(): boolean {
    return this.#phase === 'closed';
  }

  /** Joins the first channels, at most 128. Resolves when all later publications will be heard. */
  async enter(channels: readonly string[]): Promise<void> {
    await Promise.all(channels.map((channel) => this.#join(channel, { left: false })));
  }

  /** Begins the conversation. */
  open(peer: Peer): void {
    this.#peer = peer;
    if (this.#phase === 'entering') this.#phase = 'open';
    else peer.terminate();
  }

  deliver({ payload, text }: Message): void {
    this.#send(payload, text ? 'text' : 'binary');
  }

  /** Takes a text frame of the client. */
  receive(text: string): void {
    this.#heard = true;
    if (!this.#afford(costs.frame)) return;
    const command = readCommand(text);
    if (command.type === 'error') this.#refuse(command);
    else this.#obey(command);
  }

  /** Takes a binary frame of the client: there is nothing that one could mean. */
  receiveBinary(): void {
    this.#heard = true;
    if (this.#afford(costs.frame)) this.#refuse(refusal('binary', 'Commands are text frames.'));
  }

  /** Takes a sign of life. */
  hear(): void {
    this.#heard = true;
  }

  /** Pings the client, or hangs up where it was silent since the last time. */
  beat(): void {
    if (this.#heard) this.#peer?.ping();
    else this.#peer?.terminate();
    this.#heard = this.#phase === 'entering';
  }

  /** Says goodbye and hears no channel any more. */
  close(code: number, reason: string): void {
    if (this.#phase === 'closed') return;
    this.end();
    this.#peer?.close(code, reason);
  }

  /** Hangs up on a client that does not answer the goodbye. */
  terminate(): void {
    this.end();
    this.#peer?.terminate();
  }

  /** Leaves everything: the connection is gone. */
  end(): void {
    this.#phase = 'closed';
    for (const channel of [...this.#channels.keys()]) this.#leave(channel);
  }

  #obey({ type, channel }: ClientMessage): void {
    if (type === 'leave') {
      this.#leave(channel);
      this.#answer({ type: 'left', channel });
    } else if (this.#channels.size >= realtimeLimits.channelsPerConnection && !this.#channels.has(channel)) {
      const text = `A connection can join ${realtimeLimits.channelsPerConnection} channels.`;
      this.#refuse(refusal('too-many-channels', text, channel));
    } else {
      void this.#joinAndAnswer(channel);
    }
  }

  async #joinAndAnswer(channel: string): Promise<void> {
    const stay = this.#channels.get(channel) ?? { left: false };
    try {
      await this.#join(channel, stay);
      // Whoever left meanwhile has had its answer; a later join has one of its own.
      if (!stay.left) this.#answer({ type: 'joined', channel });
    } catch (error) {
      if (stay.left) return;
      this.#world.log.warn({ reason: (error as Error).message, channel }, 'channel refused');
      this.#refuse(refusal('refused', 'This channel cannot be joined here.', channel));
    }
  }

  /** Asks the hub also where it is in the channel already: an outage or a refusal may have come since. */
  async #join(channel: string, stay: Stay): Promise<void> {
    this.#channels.set(channel, stay);
    try {
      await this.#world.hub.join(this, channel);
    } catch (error) {
      if (this.#channels.get(channel) === stay) this.#drop(channel);
      throw error;
    }
  }

  #leave(channel: string): void {
    const stay = this.#channels.get(channel);
    if (stay) stay.left = true;
    this.#drop(channel);
  }

  #drop(channel: string): void {
    if (this.#channels.delete(channel)) this.#world.hub.leave(this, channel);
  }

  #refuse(error: ServerMessage): void {
    if (this.#afford(costs.fault)) this.#answer(error);
  }

  #afford(cost: number): boolean {
    const affordable = this.#allowance.spend(cost);
    if (!affordable) this.close(realtimeCloseCodes.abuse, 'too many or too many wrong frames');
    return affordable;
  }

  #answer(message: ServerMessage): void {
    this.#send(JSON.stringify(message), 'text');
  }

  #send(data: string | Buffer, kind: 'text' | 'binary'): void {
    if (this.#phase !== 'open' || this.#peer === undefined) return;
    const { backlog } = this.#peer;
    if (backlog <= this.#world.sendBudgetBytes) this.#peer.send(data, kind);
    else this.#giveUp(backlog);
  }

  #giveUp(backlog: number): void {
    this.#world.log.warn({ backlog }, 'client too slow');
    this.#world.onSlow();
    this.close(realtimeCloseCodes.slow, 'slow');
  }
}
