import type { HTTPMethods } from 'fastify';
import { Problem } from './problem.ts';
import type { Server } from './route.ts';

const all: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Watches which routes get registered. The function that it returns then answers their other methods with 405 and
 * `Allow` (RFC 9110, 15.5.6), which the router alone would answer with 404.
 */
export function watchMethods(server: Server): () => void {
  const seen = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const methods = seen.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    seen.set(url, methods);
  });
  return () => {
    for (const [url, methods] of [...seen]) refuseOthers(server, url, [...methods]);
  };
}

function refuseOthers(server: Server, url: string, allowed: readonly string[]): void {
  const others = all.filter((method) => !allowed.includes(method));
  const allow = allowed.toSorted().join(', ');
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
    handler: () => undefined,
  });
}
