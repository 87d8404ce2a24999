import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A cable to a real Redis, that can be pulled and plugged in again. */
export interface Cable {
  /** The port of our end, the same for ever. */
  port: number;
  /** Breaks all connections and refuses new ones. */
  pull(): Promise<void>;
  plug(): Promise<void>;
  /** Lets nothing through any more, and does not say so. */
  freeze(): void;
}

/** Begins plugged in. */
export async function cableTo(url: string): Promise<Cable> {
  const { hostname, port: remote } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(remote), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket.on('error', () => undefined));
      socket.once('close', () => void [near.destroy(), far.destroy(), sockets.delete(socket)]);
    }
    near.pipe(far).pipe(near);
  });
  const plug = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const pull = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await plug(0);
  const { port } = server.address() as AddressInfo;
  onTestFinished(pull);
  const freeze = () => {
    for (const socket of sockets) socket.unpipe().pause();
  };
  return { port, pull, plug: () => plug(port), freeze };
}
