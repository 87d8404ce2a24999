import { Server } from 'node:http';
import type { Socket } from 'node:net';
import { nextTick } from 'node:process';
import { setImmediate, setTimeout } from 'node:timers/promises';

const quietMilliseconds = 20;
const mostMilliseconds = 250;

/**
 * A server that stops to listen when nobody waits at its port. The system resets connections that it has taken and the
 * process has not, with the requests that are on them already; Node takes one in each turn of the event loop.
 */
export class GracefulServer extends Server {
  override close(callback?: (error?: Error) => void): this {
    if (this.listening) void this.#whenQuiet(() => super.close(callback));
    else super.close(callback);
    return this;
  }

  /** Those who come meanwhile are heard afterwards: who has no answer yet does not come again. */
  async #whenQuiet(stop: () => void): Promise<void> {
    const held: Socket[] = [];
    const end = performance.now() + mostMilliseconds;
    let quietFrom = performance.now();
    const hold = (socket: Socket) => {
      quietFrom = performance.now();
      held.push(socket);
      nextTick(() => socket.pause()); // Node begins to read in the tick before
    };
    this.on('connection', hold);
    while (performance.now() < Math.min(quietFrom + quietMilliseconds, end)) await setTimeout(5);
    await setImmediate(); // right after Node has looked who waits
    stop();
    this.off('connection', hold);
    for (const socket of held) socket.resume();
  }
}
