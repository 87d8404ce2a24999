import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';
import { faultOfAnswer, type PreparedExchange } from './exchange.ts';

/** What the connections of one load have in common. */
export type Loop = {
  port: number;
  /** Is asked for something to send whenever a connection is free, and calls `send` now or later. */
  next: (send: Send) => void;
  answered: (milliseconds: number, exchange: PreparedExchange) => void;
  fault: (text: string) => void;
  /** Cuts off what still waits. */
  signal: AbortSignal;
};

/**
 * Sends a request; without one the connection is closed. Its time counts `since` then, where it was due before a
 * connection was free; else from now.
 */
export type Send = (exchange?: PreparedExchange, since?: number) => void;

/** Every connection reads into this in turn: fresh buffers would make the client dearer. */
const arrivals = Buffer.alloc(256 * 1024);

/**
 * One keep-alive connection that has one request under way at a time.
 * It ends after its last answer, or at the first fault of the protocol; it is not opened again.
 */
export async function converse(loop: Loop): Promise<void> {
  const reader = new AnswerReader();
  let lost: string | undefined = 'failed connections';
  let exchange: PreparedExchange | undefined;
  let sentAt = 0;
  const send: Send = (next, since = performance.now()) => {
    exchange = next;
    lost = exchange && 'requests without an answer';
    if (exchange === undefined) return void socket.destroy();
    sentAt = since;
    socket.write(exchange.request);
  };
  const take = (bytes: Uint8Array) => {
    const answer = reader.push(bytes);
    if (answer === undefined || exchange === undefined) return;
    const fault = faultOfAnswer(answer, exchange);
    if (fault === undefined) loop.answered(performance.now() - sentAt, exchange);
    else loop.fault(fault);
    loop.next(send);
  };
  const socket = open(loop, (bytes) => {
    try {
      take(bytes);
    } catch (error) {
      lost = `answers that break the protocol: ${(error as Error).message}`;
      socket.destroy();
    }
  });
  socket.on('connect', () => loop.next(send));
  socket.on('end', () => socket.destroy());
  socket.on('error', () => undefined); // close follows, and tells what was lost
  await new Promise<void>((closed) => void socket.on('close', () => closed()));
  if (lost !== undefined) loop.fault(lost);
}

function open({ port, signal }: Loop, received: (bytes: Uint8Array) => void): Socket {
  const onread = {
    buffer: arrivals,
    callback: (length: number, buffer: Uint8Array) => {
      received(buffer.subarray(0, length));
      return true;
    },
  };
  return connect({ port, host: '127.0.0.1', noDelay: true, onread, signal });
}
