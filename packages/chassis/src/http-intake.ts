import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Intake } from './lifecycle.ts';
import type { Server } from './route.ts';

const sweepMilliseconds = 100;
const mostGraceMilliseconds = 1000;

/**
 * Takes requests from a server's connections. A request is in flight from the end of its header to the end of its
 * answer; a stream is one too. Made when all routes are there, before the server listens.
 */
export class HttpIntake implements Intake {
  readonly #server: Server;
  readonly #graceMilliseconds: number;
  /**
   * The latest answer of each connection, which is the last to be sent. It is looked at when the drain begins: counting
   * would cost every request its listeners. Upgraded connections are the matter of who took them over.
   */
  readonly #latest = new Map<Socket, ServerResponse | undefined>();

  constructor(server: Server, drainSeconds: number) {
    this.#server = server;
    // It ends well before the drain does: what it is for must not count as cut off.
    this.#graceMilliseconds = Math.min(mostGraceMilliseconds, drainSeconds * 500);
    const { server: http } = server;
    http.on('connection', (socket: Socket) => {
      this.#latest.set(socket, undefined);
      socket.once('close', () => this.#latest.delete(socket));
    });
    http.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => this.#latest.set(socket, response));
    // Node hands upgrades to listeners only where there are any: without, they are plain requests.
    if (http.listenerCount('upgrade') === 0) return;
    http.on('upgrade', ({ socket }: IncomingMessage) => this.#latest.delete(socket));
  }

  /** Waits for the requests in flight. A half-sent header has a short grace: Node takes it for a request. */
  async drain(): Promise<void> {
    const graceEnd = performance.now() + this.#graceMilliseconds;
    // A connection whose last answer is sent during the drain would else stay open for its keep-alive time.
    const sweep = setInterval(() => {
      this.#server.server.closeIdleConnections();
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

  #endWithoutRequest(): void {
    for (const [socket, response] of this.#latest) {
      if (response === undefined || response.writableFinished || response.destroyed) socket.destroy();
    }
  }
}
