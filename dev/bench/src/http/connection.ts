import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';
import { faultOfAnswer, type PreparedExchange } from './exchange.ts';

/** What the connections of one load have in common. */
export type Loop = {
  port: number;
  /** What to send now; nothing when time is up. */
  next: () => PreparedExchange | undefined;
  answered: (milliseconds: number) => void;
  fault: (text: string) => void;
  /** Cuts off what still waits. */
  signal: AbortSignal;
};

/** Every connection reads into this in turn: fresh buffers would make the client dearer. */
const arrivals = Buffer.alloc(256 * 1024);

/**
 * One keep-alive connection that sends its next request when the answer has come.
 * It ends after its last answer, or at the first fault of the protocol; it is not opened again.
 */
export async function converse(loop: Loop): Promise<void> {
  const reader = new AnswerReader();
  let lost: string | undefined = 'failed connections';
  let exchange: PreparedExchange | undefined;
  let sentAt = 0;
  const next = () => {
    exchange = loop.next();
    lost = exchange && 'requests without an answer';
    if (exchange === undefined) return void socket.destroy();
    sentAt = performance.now();
    socket.write(exchange.request);
  };
  const take = (bytes: Uint8Array) => {
    const answer = reader.push(bytes);
    if (answer === undefined || exchange === undefined) return;
    const fault = faultOfAnswer(answer, exchange);
    if (fault === undefined) loop.answered(performance.now() - sentAt);
    else loop.fault(fault);
    next();
  };
  const socket = open(loop, (bytes) => {
    try {
      take(bytes);
    } catch (error) {
      lost = `answers that break the protocol: ${(error as Error).message}`;
      socket.destroy();
    }
  });
  socket.on('connect', next);
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
