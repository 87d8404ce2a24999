import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { Registry } from 'prom-client';
import type { Authenticate } from './auth.ts';
import { type EdgeSettings, trustOf } from './edge-settings.ts';
import { answerError } from './errors.ts';
import { guarded } from './guard.ts';
import { answerClientError } from './http-errors.ts';
import { httpServer } from './http-server.ts';
import { readJson } from './json-body.ts';
import type { Log } from './log.ts';
import { watchMethods } from './methods.ts';
import { metrics, preparedMetrics } from './metrics.ts';
import { overlookTypes } from './no-content.ts';
import { openApi } from './openapi.ts';
import type { PreparedAnswers } from './prepared-answers.ts';
import { probes, type Readiness } from './probes.ts';
import { Problem } from './problem.ts';
import { countRequests } from './rate-limit.ts';
import { requestLog } from './request-log.ts';
import type { Routes, Server } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { limitTime } from './time-limit.ts';
import { requestIdOf } from './trace.ts';
import { answerUnrouted } from './unrouted.ts';
import { validatorCompiler } from './validation.ts';

export interface ServerOptions {
  name: string;
  version: string;
  description: string;
  log: Log;
  routes: Routes;
  /** Verifies callers of all routes that are not marked `open`. */
  authenticate: Authenticate;
  /** What `/readyz` reports. */
  readiness: () => Promise<Readiness>;
  registry?: Registry;
  /** Answers that anybody may have, before callers are authenticated. */
  prepared?: PreparedAnswers | undefined;
  /** What stands in front; nothing, when absent. */
  edge?: EdgeSettings;
}

const limits = {
  bodyLimit: 64 * 1024,
  requestTimeout: 30_000, // ms for a whole request to arrive
  keepAliveTimeout: 72_000, // ms; longer than the idle time of load balancers in front, so that they close first
  maxHeaderSize: 16 * 1024,
};
const answerMilliseconds = 30_000; // to the end of a stream

/** Composes the HTTP server that every service has, around its routes. It is ready, and listens to nothing yet. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { log, routes, authenticate, readiness, registry = new Registry(), prepared, edge = {} } = options;
  const server: Server = fastify({
    ...limits,
    serverFactory: httpServer({ log, prepared, frontDoorId: edge.FRONT_DOOR_ID }),
    // Node looks for what is too slow every 30 s, unless told otherwise.
    http: { maxHeaderSize: limits.maxHeaderSize, headersTimeout: 10_000, connectionsCheckingInterval: 2000 },
    trustProxy: trustOf(edge) ?? false,
    routerOptions: { maxParamLength: 256 },
    loggerInstance: log as FastifyBaseLogger,
    requestIdHeader: false,
    // Whatever still arrives on an open connection during the drain is served: the parts close after it.
    return503OnClosing: false,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerClientError,
  });
  server.setValidatorCompiler(validatorCompiler);
  server.removeAllContentTypeParsers();
  readJson(server, 'application/json');
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(() => {
    throw new Problem('not-found', 'There is no such path here.');
  });
  limitTime(server, answerMilliseconds);
  requestLog(server);
  await securityHeaders(server);
  countRequests(server);
  overlookTypes(server);
  const refuseOtherMethods = watchMethods(server);
  probes(server, readiness);
  metrics(server, registry);
  if (prepared) {
    preparedMetrics(registry, prepared);
    server.addHook('preClose', async () => prepared.close());
  }
  await openApi(server, options);
  await server.register(guarded(routes, authenticate));
  refuseOtherMethods();
  await server.ready();
  return server;
}
