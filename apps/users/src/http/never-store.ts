import type { Server } from '@seaworthy/chassis/route';

/**
 * Keeps every answer out of every cache, refusals too: a 404 may be kept where nothing is said (RFC 9111, 4.2.2).
 * Edges that compress would take the strong entity tags away: they are told not to.
 */
export function neverStore(server: Server): void {
  server.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store, no-transform');
    done();
  });
}
