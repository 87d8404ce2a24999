import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Intake } from './lifecycle.ts';
import type { Server } from './route.ts';

const sweepMilliseconds = 100;
const mostGraceMilliseconds = 1000;
const mostFarewellMilliseconds = 250;

/**
 * Takes requests from a server's connections. A request is in flight from the end of its header to the end of its
 * answer; a stream is one too. Made when all routes are there, before the server listens.
 */
export class HttpIntake implements Intake {
  readonly #server: Server;
  readonly #graceMilliseconds: number;
  readonly #farewellMilliseconds: number;
  /** Upgraded connections are the matter of who took them over. */
  readonly #connections = new Set<Socket>();
  /** Connections that waited for a request when the end began, with how much had come from them. */
  readonly #waiting = new Map<Socket, number>();
  #farewellEnd: number | undefined;

  constructor(server: Server, drainSeconds: number) {
    this.#server = server;
    // They end well before the drain does: what they are for must not count as cut off.
    this.#graceMilliseconds = Math.min(mostGraceMilliseconds, drainSeconds * 500);
    this.#farewellMilliseconds = Math.min(mostFarewellMilliseconds, drainSeconds * 250);
    const { server: http } = server;
    http.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    // Node hands upgrades to listeners only where there are any: without, they are plain requests.
    if (http.listenerCount('upgrade') === 0) return;
    http.on('upgrade', ({ socket }: IncomingMessage) => this.#connections.delete(socket));
  }

  /** From now on each answer says that it is the last one of its connection (RFC 9112, section 9.6). */
  windDown(): void {
    if (this.#farewellEnd !== undefined) return;
    this.#farewellEnd = performance.now() + this.#farewellMilliseconds;
    const { server: http } = this.#server;
    const last = (_request: IncomingMessage, response: ServerResponse) => {
      response.shouldKeepAlive = false;
    };
    for (const event of ['request', 'checkContinue', 'checkExpectation'])
      if (http.listenerCount(event) > 0) http.prependListener(event, last);
    for (const socket of this.#connections) {
      const answer = answerOn(socket);
      if (answer?.headersSent === false) answer.shouldKeepAlive = false;
      if (!isAnswering(socket)) this.#waiting.set(socket, socket.bytesRead);
    }
    // Whoever closes the server asks for this. Node's own takes a connection for idle whose first request it has not read.
    http.closeIdleConnections = () => this.#endWaiting();
  }

  /** Waits for the requests in flight. A half-sent header has a short grace: Node takes it for a request. */
  async drain(): Promise<void> {
    this.windDown();
    await this.#sayFarewell();
    const graceEnd = performance.now() + this.#graceMilliseconds;
    const sweep = setInterval(() => {
      if (performance.now() > graceEnd) this.#endWithoutRequest();
    }, sweepMilliseconds);
    try {
      await this.#server.close();
    } finally {
      clearInterval(sweep);
    }
  }

  cutOff(): void {
    this.#server.server.closeAllConnections();
  }

  /** Who has not asked since the end began has a moment for it: a request may be on its way. */
  async #sayFarewell(): Promise<void> {
    while (performance.now() < (this.#farewellEnd ?? 0) && this.#stillWaiting().length > 0) await setTimeout(10);
    await setImmediate(); // all that has arrived is read then: to close a connection with an unread request resets it
    this.#endWaiting();
  }

  #stillWaiting(): Socket[] {
    return [...this.#waiting]
      .filter(([socket, read]) => !socket.destroyed && socket.bytesRead === read)
      .map(([socket]) => socket);
  }

  #endWaiting(): void {
    for (const socket of this.#stillWaiting()) socket.destroy();
    this.#waiting.clear();
  }

  #endWithoutRequest(): void {
    for (const socket of this.#connections) if (!isAnswering(socket)) socket.destroy();
  }
}

/** Whether an answer is due on the connection, or on its way. */
function isAnswering(socket: Socket): boolean {
  return answerOn(socket) !== undefined || socket.writableLength > 0;
}

/**
 * The answer that is due on a connection. Node keeps it in a property that it does not document, and tells it nowhere
 * else; counting requests instead would cost each of them a tenth of its CPU.
 */
function answerOn(socket: Socket & { _httpMessage?: ServerResponse | null }): ServerResponse | undefined {
  return socket._httpMessage ?? undefined;
}
