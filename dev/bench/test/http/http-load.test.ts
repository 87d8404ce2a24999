import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { httpLoad } from '../../src/http/http-load.ts';

async function drive(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const load = httpLoad({ path: '/pizza', body: 'margherita' });
  return load({ port, connections: 2, seconds: 1, signal: new AbortController().signal });
}

it('counts right answers and times them', async () => {
  let requests = 0;
  const { operations, latency, faults } = await drive((_request, response) => {
    requests += 1;
    response.end('margherita');
  });
  expect(faults).toEqual([]);
  // One request may be on its way on each of the two connections when time is up.
  expect(requests - operations).toBeLessThanOrEqual(2);
  expect(latency.p50).toBeGreaterThan(0);
  expect(latency.p99).toBeGreaterThanOrEqual(latency.p50);
});

it('reports another status', async () => {
  const { operations, faults } = await drive((_request, response) => response.writeHead(503).end('margherita'));
  expect(operations).toBe(0);
  expect(faults).toEqual([expect.stringMatching(/^\d+ answers with another status than 2xx$/)]);
});

it('reports another body', async () => {
  const { faults } = await drive((_request, response) => response.end('funghi'));
  expect(faults).toEqual([expect.stringMatching(/^\d+ answers with another body$/)]);
});

it('reports a server that hangs up instead of answering', async () => {
  let requests = 0;
  const { faults } = await drive((request, response) => {
    requests += 1;
    if (requests % 100 === 0) request.socket.destroy();
    else response.end('margherita');
  });
  expect(faults).toEqual([expect.stringMatching(/^\d+ requests without an answer$/)]);
});
