import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

// Below the ports that systems give to outgoing connections: one of those may be taken again before it is used.
const range = [20_000, 32_000] as const;

/** As many TCP ports as asked for that nothing listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(...range);
    if (await canListen(port)) found.add(port);
  }
  return [...found];
}

/** Whether somebody accepts connections on the port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
