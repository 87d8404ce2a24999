import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Server } from '@seaworthy/chassis/route';

/** A request that asks for another protocol, with what is needed to leave HTTP. */
export interface Upgrade {
  /** Not always a `Socket`: a request that announces a body gets a stream that keeps the body out. */
  socket: Duplex;
  /** What the client sent behind its request. */
  head: Buffer;
  response: ServerResponse;
}

/**
 * Sends upgrade requests through the server's routes like all others, so that a path without a route, a missing token
 * or a bad query is answered as everywhere. Returns how a handler gets at the upgrade that its request asks for.
 */
export function watchUpgrades(server: Server): (request: IncomingMessage) => Upgrade | undefined {
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket); // which it only writes to and listens to
    response.once('finish', () => socket.end(() => socket.destroy()));
    upgrades.set(request, { socket, head, response });
    server.routing(request, response);
  });
  return (request) => upgrades.get(request);
}
