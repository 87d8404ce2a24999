import { METHODS } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

// CONNECT never gets here: Node hands it to those who make tunnels, or hangs up.
const all = METHODS.filter((method) => method !== 'CONNECT');

/**
 * Watches which routes get registered. The function that it returns then answers their other methods with 405 and
 * `Allow` (RFC 9110, 15.5.6), which the router alone would answer with 404.
 */
export function watchMethods(server: Server): () => void {
  for (const method of all) if (!server.supportedMethods.includes(method)) server.addHttpMethod(method);
  // The scope of a route may have bodies of its own for errors.
  const scopes = new Map<string, FastifyInstance>();
  server.addHook('onRoute', function ({ url }) {
    scopes.set(url, this);
  });
  return () => {
    for (const [url, scope] of [...scopes]) {
      refuseOthers(server, url, scope);
      // Fastify tells nothing of the second path that the route at the root of a prefix has.
      refuseOthers(server, `${url}/`, scope);
    }
  };
}

function refuseOthers(server: Server, url: string, scope: FastifyInstance): void {
  const methods = all.filter((method) => server.hasRoute({ method, url }));
  const others = all.filter((method) => !methods.includes(method));
  const allow = methods.toSorted().join(', ');
  if (methods.length === 0 || others.length === 0 || url.includes('*')) return;
  server.route({
    method: others,
    url,
    exposeHeadRoute: false,
    config: { open: true },
    schema: { hide: true },
    preParsing: async (_request, reply) => {
      reply.header('allow', allow);
      throw new Problem('method-not-allowed', `Only ${allow} can be used here.`);
    },
    errorHandler: (error, request, reply) => scope.errorHandler(error, request, reply),
    handler: () => undefined,
  });
}
