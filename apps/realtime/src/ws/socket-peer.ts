import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Format } from '../entry.ts';
import type { Peer } from '../peer.ts';

interface SocketEnd {
  socket: WebSocket;
  tcp: Duplex;
  face: string;
  format: Format;
  /** Told before the connection is closed. */
  onClose(code: number): void;
}

/**
 * A session's end of a WebSocket. Frames that many receive are whole and the same for all, and go to the TCP socket as
 * they are: `ws` would frame them once more for each. Its own frames are whole, too, and written in the same turn, so
 * that both kinds can follow each other.
 */
export function socketPeer({ socket, tcp, face, format, onClose }: SocketEnd): Peer {
  return {
    face,
    format,
    get backlog() {
      return tcp.writableLength;
    },
    write(bytes) {
      if (socket.readyState === socket.OPEN && tcp.writable) tcp.write(bytes);
    },
    cork: () => tcp.cork(),
    uncork: () => tcp.uncork(),
    ping: () => socket.readyState === socket.OPEN && socket.ping(),
    close(code, reason) {
      onClose(code);
      socket.close(code, reason);
    },
    terminate: () => socket.terminate(),
  };
}
