import type { IncomingMessage } from 'node:http';
import { keepAddresses } from './forwarded.ts';
import type { Server } from './route.ts';
import { traceOf } from './trace.ts';

const quiet = new Set(['/livez', '/readyz', '/healthz', '/metrics']);

/** Gives each request its client's address, its place in a trace, and one line in the log when it is answered; probes log at `debug`. */
export function requestLog(server: Server): void {
  server.setChildLoggerFactory((log, bindings, options, raw) =>
    // One child with all that names the request: making a second one costs as much as writing its line.
    log.child({ ...bindings, ...traceOf(raw as IncomingMessage) }, options),
  );
  // Hooks that wait for nothing call back: a promise for each would be on every request's path.
  server.addHook('onRequest', (request, reply, done) => {
    keepAddresses(request.raw);
    reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const level = quiet.has(request.routeOptions.url ?? '') ? 'debug' : 'info';
    const path = request.url.split('?', 1)[0];
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    const { method, ip: client } = request;
    request.log[level]({ client, method, path, status: reply.statusCode, milliseconds }, 'request answered');
    done();
  });
}
