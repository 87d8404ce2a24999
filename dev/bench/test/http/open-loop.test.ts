import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { inTurn, sameBytes } from '../../src/http/exchange.ts';
import { openLoop } from '../../src/http/open-loop.ts';

/** Asks for thirty pizzas a second over one connection; the times that it took, and the faults. */
async function drive(listener: RequestListener, { seconds = 0.3, signal = new AbortController().signal } = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const times: number[] = [];
  const source = inTurn([{ path: '/pizza', faultOf: sameBytes('margherita') }], port);
  const schedule = { rate: 30, source, answered: (milliseconds: number) => void times.push(milliseconds) };
  const faults = await openLoop({ port, connections: 1, seconds, signal }, schedule);
  return { times, faults };
}

it('sends as many as are due, however fast the answers come', async () => {
  let requests = 0;
  const { times, faults } = await drive((_request, response) => {
    requests += 1;
    response.end('margherita');
  });
  expect([requests, times.length, faults]).toEqual([9, 9, []]);
});

it('counts the time from when a request was due, not from when a connection was free', async () => {
  let requests = 0;
  const { times, faults } = await drive((_request, response) => {
    requests += 1;
    if (requests > 1) response.end('margherita');
    else setTimeout(() => response.end('margherita'), 250);
  });
  // Due each 33 ms: whoever came in the 250 ms of the first waited for the rest of them.
  const least = times.map((_, index) => 245 - (index * 1000) / 30);
  expect(times.filter((time, index) => time < (least[index] ?? 0))).toEqual([]);
  expect(faults).toEqual([]);
});

it('reports wrong answers, and what was never sent', async () => {
  const wrong = await drive((_request, response) => response.end('funghi'));
  expect(wrong.faults).toEqual(['9 answers with another body']);
  const gone = await drive((request) => request.socket.destroy());
  expect(gone.faults).toEqual(['1 requests without an answer', '8 requests that were never sent']);
});

it('ends early when it is told to', async () => {
  const interruption = new AbortController();
  const options = { seconds: 60, signal: interruption.signal };
  const { faults } = await drive(() => interruption.abort(), options);
  expect(faults.at(-1)).toBe('1799 requests that were never sent');
});
