import type { Server as HttpServer, RequestListener, ServerOptions } from 'node:http';
import { type Doorkeeper, serverBehind } from './entrance.ts';
import { frontDoor } from './front-door.ts';
import { hostFault } from './host-header.ts';
import type { Log } from './log.ts';
import type { PreparedAnswers } from './prepared-answers.ts';
import { targetFault } from './request-target.ts';

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
 * Makes the HTTP server as Fastify itself would, but for the door and the checks of host and target, which everything
 * has to pass, and for prepared answers, which go out before the router is asked.
 */
export function httpServer({ log, prepared, frontDoorId }: Entrance) {
  return (route: RequestListener, options: unknown): HttpServer => {
    const limits = options as ServerLimits;
    const answer: RequestListener = (request, response) => {
      if (!prepared?.answer(request, response)) route(request, response);
    };
    const door = frontDoorId ? frontDoor(frontDoorId) : undefined;
    const refusal: Doorkeeper = (request) => door?.(request) ?? hostFault(request) ?? targetFault(request);
    // Node's own answer to a missing host is no problem details.
    const http = { ...limits.http, requireHostHeader: false };
    const server = serverBehind(refusal, { log, listener: prepared ? answer : route, options: http });
    server.keepAliveTimeout = limits.keepAliveTimeout;
    server.requestTimeout = limits.requestTimeout;
    return server;
  };
}
