import type { IncomingMessage } from 'node:http';
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
  /** Upgraded connections are the matter of who took them over. */
  readonly #connections = new Set<Socket>();

  constructor(server: Server, drainSeconds: number) {
    this.#server = server;
    // It ends well before the drain does: what it is for must not count as cut off.
    this.#graceMilliseconds = Math.min(mostGraceMilliseconds, drainSeconds * 500);
    const { server: http } = server;
    http.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    // Node hands upgrades to listeners only where there are any: without, they are plain requests.
    if (http.listenerCount('upgrade') === 0) return;
    http.on('upgrade', ({ socket }: IncomingMessage) => this.#connections.delete(socket));
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
    for (const socket of this.#connections) if (!isAnswering(socket)) socket.destroy();
  }
}

/**
 * Whether an answer is due on the connection, or on its way. Node keeps it in a property that it does not document, and
 * tells it nowhere else; counting requests instead would cost each of them a tenth of its CPU.
 */
function isAnswering(socket: Socket & { _httpMessage?: unknown }): boolean {
  return (socket._httpMessage ?? null) !== null || socket.writableLength > 0;
}
