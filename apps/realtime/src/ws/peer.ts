import type { WebSocket } from 'ws';
import type { Peer, Session } from '../session.ts';

/** Ties a session to its WebSocket, in both directions. */
export function converse(session: Session, socket: WebSocket): void {
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) session.receiveBinary();
    else session.receive(data.toString());
  });
  socket.on('pong', () => session.hear());
  // The client's goodbye, or frames that break the protocol or a limit: ws closes with the code that says so.
  socket.on('close', () => session.end());
  socket.on('error', () => session.end());
  session.open(peerOf(socket));
}

function peerOf(socket: WebSocket): Peer {
  return {
    send: (data, kind) => socket.send(data, { binary: kind === 'binary' }),
    ping: () => socket.readyState === socket.OPEN && socket.ping(),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    get backlog() {
      return socket.bufferedAmount;
    },
  };
}
