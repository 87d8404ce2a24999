import { createServer, type Server as HttpServer, type RequestListener, type ServerOptions } from 'node:http';
import { frontDoor, serverBehindDoor } from './front-door.ts';
import type { Log } from './log.ts';
import type { PreparedAnswers } from './prepared-answers.ts';

/** What Fastify hands to a server factory, as far as it matters here. */
interface ServerLimits {
  http: ServerOptions;
  keepAliveTimeout: number;
  requestTimeout: number;
}

interface Entrance {
  log: Log;
  prepared: PreparedAnswers | undefined;
  /** Absent: there is no door. */
  frontDoorId: string | undefined;
}

/**
 * Makes the HTTP server as Fastify itself would, but for the door, which everything has to pass, and for prepared
 * answers, which go out before the router is asked.
 */
export function httpServer({ log, prepared, frontDoorId }: Entrance) {
  return (route: RequestListener, options: unknown): HttpServer => {
    const limits = options as ServerLimits;
    const answer: RequestListener = (request, response) => {
      if (!prepared?.answer(request, response)) route(request, response);
    };
    const listener = prepared ? answer : route;
    const server = frontDoorId
      ? serverBehindDoor(frontDoor(frontDoorId), { log, listener, options: limits.http })
      : createServer(limits.http, listener);
    server.keepAliveTimeout = limits.keepAliveTimeout;
    server.requestTimeout = limits.requestTimeout;
    return server;
  };
}
