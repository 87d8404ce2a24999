import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Format } from '../entry.ts';
import type { Session } from '../session.ts';
import { IncomingFrames } from './incoming-frames.ts';
import { socketPeer } from './socket-peer.ts';

/** What a client may say, in one of the protocols. */
export interface Conversation {
  /** Said before anything else. */
  begin?(): void;
  /** Said before the connection is closed. */
  end?(code: number): void;
  text(frame: string): void;
  binary(frame: Buffer): void;
}

/** A protocol: how messages are written, and what is answered to what the client says. */
export interface Protocol {
  name: string;
  format: Format;
  converse(session: Session, send: (text: string) => void): Conversation;
}

/** Ties a session to its WebSocket, in both directions. */
export function converse(session: Session, { socket, tcp }: { socket: WebSocket; tcp: Duplex }, protocol: Protocol) {
  const conversation = protocol.converse(session, (text) => socket.send(text));
  const frames = new IncomingFrames();
  // Before `ws` looks at them: it answers pings, and keeps what is not complete. Each frame is paid for, whatever it is.
  tcp.prependListener('data', (chunk: Buffer) => {
    for (let begun = frames.take(chunk); begun > 0 && session.afford('frame'); begun--);
    session.manners.awaitRest(frames.partial);
  });
  socket.on('message', (data: Buffer, isBinary) => {
    session.hear();
    if (session.closed) return;
    if (isBinary) conversation.binary(data);
    else conversation.text(data.toString());
  });
  socket.on('pong', () => session.hear());
  tcp.on('drain', () => session.catchUp());
  // The client's goodbye, or frames that break the protocol or a limit: ws closes with the code that says so.
  socket.on('close', () => session.end());
  socket.on('error', () => session.end());
  conversation.begin?.();
  const { name: face, format } = protocol;
  session.open(socketPeer({ socket, tcp, face, format, onClose: (code) => conversation.end?.(code) }));
}
