import { type IncomingMessage, request, type Server } from 'node:http';
import { type Duplex, pipeline } from 'node:stream';
import { endWithProblem } from '@seaworthy/chassis/http-errors';
import { Problem } from '@seaworthy/chassis/problem';
import { forwardedHeaders } from './forwarded.ts';
import type { Destination } from './route-table.ts';

/**
 * Connects WebSockets to their service as one tunnel of bytes, the way gateways of a cluster do: the service decides
 * on the handshake, and frames, subprotocols, pings and close codes arrive as they were sent. (The WebSocket support
 * of @fastify/http-proxy accepts before the service does, and turns "closed without a code" into 4005.)
 */
export function tunnelUpgrades(server: Server, destinationOf: (url: string | undefined) => Destination): void {
  server.on('upgrade', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on('error', () => client.destroy());
    try {
      if (incoming.headers.upgrade?.toLowerCase() !== 'websocket') {
        throw new Problem('bad-request', 'The only protocol to upgrade to here is websocket.');
      }
      if (incoming.method !== 'GET' || hasBody(incoming)) {
        throw new Problem('bad-request', 'A WebSocket begins with a GET without a body.');
      }
      open(incoming, { client, head, destination: destinationOf(incoming.url) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      endWithProblem(client, error);
    }
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

interface Tunnel {
  client: Duplex;
  head: Buffer;
  destination: Destination;
}

function open(incoming: IncomingMessage, { client, head, destination }: Tunnel): void {
  const { hostname, port } = new URL(destination.upstream);
  const headers = { ...forwardedHeaders(incoming), connection: 'Upgrade', upgrade: 'websocket' };
  const outgoing = request({ hostname, port, path: incoming.url, headers, agent: false });
  const unreachable = () => {
    endWithProblem(client, new Problem('unavailable', `${destination.backend} is not running: its log says why.`));
  };
  outgoing.on('upgrade', (response, service, serviceHead) => {
    client.write(headOf(response));
    client.write(serviceHead);
    service.write(head);
    join(client, service);
  });
  // The service answered something else than "go on": that is the answer.
  outgoing.on('response', (response) => {
    // From here on the answer is the service's: where that breaks off, the client's connection does too.
    outgoing.off('error', unreachable).on('error', () => client.destroy());
    client.write(headOf(response));
    pipeline(response, client, () => undefined);
  });
  outgoing.on('error', unreachable);
  client.once('close', () => outgoing.destroy());
  outgoing.end();
}

function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.once('close', () => to.destroy());
  }
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  const accepted = statusCode === 101;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    // A refusal's body comes decoded and ends with the connection.
    const passes =
      accepted || !['connection', 'keep-alive', 'transfer-encoding'].includes(`${rawHeaders[at]}`.toLowerCase());
    if (passes) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  }
  if (!accepted) lines.push('connection: close');
  return `${lines.join('\r\n')}\r\n\r\n`;
}
