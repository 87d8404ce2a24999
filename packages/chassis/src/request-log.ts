import type { Server } from './route.ts';
import { traceOf } from './trace.ts';

const quiet = new Set(['/livez', '/readyz', '/healthz', '/metrics']);

/** Gives each request its place in a trace and one line in the log when it is answered; probes log at `debug`. */
export function requestLog(server: Server): void {
  // The decorator only reserves the place; each request gets its own value below.
  server.decorateRequest('trace', null as never);
  server.addHook('onRequest', async (request, reply) => {
    request.trace = traceOf(request.raw);
    request.log = reply.log = request.log.child({ traceId: request.trace.traceId, spanId: request.trace.spanId });
    reply.header('x-request-id', request.id);
  });
  server.addHook('onResponse', async (request, reply) => {
    const level = quiet.has(request.routeOptions.url ?? '') ? 'debug' : 'info';
    const path = request.url.split('?', 1)[0];
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    request.log[level]({ method: request.method, path, status: reply.statusCode, milliseconds }, 'request answered');
  });
}
