import { createServer, type Server as HttpServer, type RequestListener, type ServerOptions } from 'node:http';
import type { PreparedAnswers } from './prepared-answers.ts';

/** What Fastify hands to a server factory, as far as it matters here. */
interface ServerLimits {
  http: ServerOptions;
  keepAliveTimeout: number;
  requestTimeout: number;
}

/** Makes the HTTP server as Fastify itself would, but for prepared answers, which go out before the router is asked. */
export function httpServer(prepared: PreparedAnswers | undefined) {
  return (route: RequestListener, options: unknown): HttpServer => {
    const limits = options as ServerLimits;
    const listener: RequestListener = (request, response) => {
      if (!prepared?.answer(request, response)) route(request, response);
    };
    const server = createServer(limits.http, prepared ? listener : route);
    server.keepAliveTimeout = limits.keepAliveTimeout;
    server.requestTimeout = limits.requestTimeout;
    return server;
  };
}
