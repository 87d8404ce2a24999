import { METHODS } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

// CONNECT never gets here: Node hands it to those who make tunnels, or hangs up.
const all = METHODS.filter((method) => method !== 'CONNECT');

interface Seen {
  readonly methods: Set<string>;
  /** The scope of the route, which may have bodies of its own for errors. */
  readonly scope: FastifyInstance;
}

/**
 * Watches which routes get registered. The function that it returns then answers their other methods with 405 and
 * `Allow` (RFC 9110, 15.5.6), which the router alone would answer with 404.
 */
export function watchMethods(server: Server): () => void {
  for (const method of all) if (!server.supportedMethods.includes(method)) server.addHttpMethod(method);
  const seen = new Map<string, Seen>();
  server.addHook('onRoute', function ({ url, method }) {
    const { methods } = seen.get(url) ?? { methods: new Set() };
    for (const name of [method].flat()) methods.add(name);
    seen.set(url, { methods, scope: this });
  });
  return () => {
    for (const [url, each] of [...seen]) refuseOthers(server, url, each);
  };
}

function refuseOthers(server: Server, url: string, { methods, scope }: Seen): void {
  const others = all.filter((method) => !methods.has(method));
  const allow = [...methods].toSorted().join(', ');
  if (others.length === 0 || url.includes('*')) return;
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
