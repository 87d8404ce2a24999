import { once } from 'node:events';
import { ServerMessage } from '@seaworthy/contracts/realtime-v1';
import { Value } from 'typebox/value';
import { expect } from 'vitest';
import { WebSocket } from 'ws';

/** A client that speaks `realtime.v1`; what it is told is checked against the contract. */
export async function openV1(url: string, ...requests: object[]) {
  const socket = new WebSocket(`${url}/ws`, ['other', 'realtime.v1']);
  const told: Record<string, unknown>[] = [];
  socket.on('message', (frame) => {
    const message = JSON.parse(frame.toString()) as Record<string, unknown>;
    expect(Value.Errors(ServerMessage, message)).toEqual([]);
    told.push(message);
  });
  await once(socket, 'open');
  for (const request of requests) socket.send(JSON.stringify(request));
  const until = (count: number) => expect.poll(() => told.length).toBeGreaterThanOrEqual(count);
  await until(1 + requests.length);
  return { socket, told, until, answers: () => told.slice(1) };
}
