import { connect, type Socket } from 'node:net';

/** A connection that sends and receives bytes as they are. */
export interface RawClient {
  send(bytes: Buffer | string): void;
  /** Resolves with all bytes since the last call, once they are at least as many or the connection is closed. */
  receive(atLeast: number): Promise<Buffer>;
  closed: Promise<void>;
  socket: Socket;
  close(): void;
}

/** Connects to a port of this machine. */
export async function connectRaw({ host, port }: { host: string; port: number }): Promise<RawClient> {
  const socket = connect(port, host);
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let received = Buffer.alloc(0);
  let wake = () => {};
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    wake();
  });
  void closed.then(() => wake());
  return {
    socket,
    closed,
    send: (bytes) => void socket.write(bytes),
    async receive(atLeast) {
      while (received.length < atLeast && !socket.destroyed) await new Promise<void>((resolve) => (wake = resolve));
      const bytes = received;
      received = Buffer.alloc(0);
      return bytes;
    },
    close: () => socket.destroy(),
  };
}

/** A request in the protocol of Redis. */
export function request(...words: (string | Buffer)[]): Buffer {
  const parts = words.map((word) => {
    const bytes = Buffer.from(word);
    return Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]);
  });
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts]);
}
