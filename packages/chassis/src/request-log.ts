import type { IncomingMessage } from 'node:http';
import { plainAddress } from './address.ts';
import { keepAddresses } from './forwarded.ts';
import type { Server } from './route.ts';
import { traceOf } from './trace.ts';

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
    const level = request.routeOptions.config.probe ? 'debug' : 'info';
    const path = request.url.split('?', 1)[0];
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
    const { method, ip } = request;
    request.log[level](
      { client: ip && plainAddress(ip), method, path, status: reply.statusCode, milliseconds },
      'request answered',
    );
    done();
  });
}
