import httpProxy from '@fastify/http-proxy';
import { answerError } from '@seaworthy/chassis/errors';
import { answerClientError } from '@seaworthy/chassis/http-errors';
import { Problem } from '@seaworthy/chassis/problem';
import { type FastifyInstance, fastify } from 'fastify';
import { limitBody, tooLarge } from './body-limit.ts';
import { proxyOptions } from './proxy-options.ts';
import { type Destination, findRoute, pathOf, type Route } from './route-table.ts';
import { tunnelUpgrades } from './upgrades.ts';

/** What the gateway leads to. */
export interface GatewayOptions {
  routes: readonly Route[];
  /** Where each service listens, by its name. */
  upstreams: Readonly<Record<string, string>>;
  maxBodyBytes?: number;
}

/**
 * Makes the gateway: one address for all services, as in the cluster. It listens to nothing yet.
 * @throws Error when a route leads to a service that is not there
 */
export async function createGateway({ routes, upstreams, maxBodyBytes = 64 * 1024 * 1024 }: GatewayOptions) {
  const destinations = routes.map((route): Destination => {
    const upstream = upstreams[route.backend];
    if (upstream) return { ...route, upstream };
    throw new Error(`${route.path} leads to ${route.backend}, which is not a service of this stack`);
  });
  const destinationOf = (url = '/') => findRoute(destinations, pathOf(url)) ?? refuse(routes, url);
  const app = fastify({
    exposeHeadRoutes: false,
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
    requestTimeout: 0, // a long upload takes as long as it takes
    http: { headersTimeout: 10_000 },
  });
  app.setErrorHandler(answerError);
  // Methods that Fastify does not know.
  app.setNotFoundHandler(({ method }) => {
    throw new Problem('method-not-allowed', `${method} is not passed on here.`);
  });
  app.removeAllContentTypeParsers();
  guard(app, { destinationOf, maxBodyBytes });
  await app.register(httpProxy, { ...proxyOptions(destinationOf), httpMethods: app.supportedMethods });
  tunnelUpgrades(app.server, destinationOf);
  return app;
}

interface Guard {
  destinationOf(url: string | undefined): Destination;
  maxBodyBytes: number;
}

/** Refuses what has no route or is too large, before a service hears of it. */
function guard(app: FastifyInstance, { destinationOf, maxBodyBytes }: Guard): void {
  app.addHook('onRequest', async ({ headers, url }) => {
    destinationOf(url);
    if (Number(headers['content-length'] ?? 0) > maxBodyBytes) throw tooLarge(maxBodyBytes);
  });
  app.addHook('preParsing', async (_request, _reply, body) => limitBody(body, maxBodyBytes));
}

function refuse(routes: readonly Route[], url: string): never {
  const known = routes.map(({ type, path }) => (type === 'Exact' ? path : `${path.replace(/\/$/, '')}/…`));
  throw new Problem('not-found', `No route leads to ${pathOf(url)}. The routes are ${[...new Set(known)].join(', ')}.`);
}
