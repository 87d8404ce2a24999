import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type Exchange, sameBytes } from '../../src/http/exchange.ts';
import { httpLoad } from '../../src/http/http-load.ts';

async function listening(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const pizzas = (...names: string[]) =>
  httpLoad(...names.map((name) => ({ path: `/${name}`, faultOf: sameBytes(`/${name}`) })));

async function drive(listener: RequestListener, changes: Partial<Exchange> = {}) {
  const port = await listening(listener);
  const load = httpLoad({ path: '/pizza', faultOf: sameBytes('margherita'), ...changes });
  return load({ port, connections: 2, seconds: 1, signal: new AbortController().signal });
}

it('counts right answers and times them; none is under way in the end', async () => {
  let requests = 0;
  const { operations, latency, faults } = await drive((_request, response) => {
    requests += 1;
    response.end('margherita');
  });
  expect(faults).toEqual([]);
  expect(operations).toBe(requests);
  expect(latency.p50).toBeGreaterThan(0);
  expect(latency.p99).toBeGreaterThanOrEqual(latency.p50);
});

it('sends the headers of the exchange, and takes the status that it asks for', async () => {
  const { operations, faults } = await drive(
    (request, response) => response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end(),
    { headers: { 'if-none-match': '"1"' }, status: 304, faultOf: sameBytes('') },
  );
  expect(faults).toEqual([]);
  expect(operations).toBeGreaterThan(0);
});

it('sends several exchanges in turn, and expects of each its own answer', async () => {
  const met = new Map<string, number>();
  const { load, signal } = { load: pizzas('a', 'b', 'c'), signal: new AbortController().signal };
  const port = await listening((request, response) => {
    met.set(request.url ?? '', (met.get(request.url ?? '') ?? 0) + 1);
    response.end(request.url === '/c' ? 'wrong' : request.url);
  });
  const { operations, faults } = await load({ port, connections: 2, seconds: 1, signal });
  const [a = 0, b = 0, c = 0] = ['/a', '/b', '/c'].map((path) => met.get(path));
  expect([operations, faults]).toEqual([a + b, [`${c} answers with another body`]]);
  expect(Math.max(a, b, c) - Math.min(a, b, c)).toBeLessThanOrEqual(1);
});

it('reports another status', async () => {
  const { operations, faults } = await drive((_request, response) => response.writeHead(503).end('margherita'));
  expect(operations).toBe(0);
  expect(faults).toEqual([expect.stringMatching(/^\d+ answers with status 503 instead of 200$/)]);
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
  expect(faults).toEqual(['2 requests without an answer']);
});

it('reports a server that is not there', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const load = httpLoad({ path: '/', faultOf: sameBytes('') });
  const { faults } = await load({ port, connections: 2, seconds: 1, signal: new AbortController().signal });
  expect(faults).toEqual(['2 failed connections']);
});

it('sends a body as JSON', async () => {
  const { operations, faults } = await drive(
    (request, response) => void request.on('data', (data) => response.end(`${request.method} ${data}`)),
    { method: 'POST', json: { name: 'Rüdiger' }, faultOf: sameBytes('POST {"name":"Rüdiger"}') },
  );
  expect(faults).toEqual([]);
  expect(operations).toBeGreaterThan(0);
});
