import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import { type Authenticate, type Caller, stranger } from './auth.ts';
import { Problem } from './problem.ts';
import { timesSent } from './raw-headers.ts';
import type { Routes, Server } from './route.ts';

/** Lets callers in to the routes: who they are first (401), then whether they may (403). */
export function guarded(routes: Routes, authenticate: Authenticate): FastifyPluginAsync {
  return async (scope) => {
    scope.decorateRequest('caller');
    const { rateLimiter } = scope;
    scope.addHook('onRequest', async (request, reply) => {
      const { open, roles } = request.routeOptions.config;
      const ask = () => authenticate(authorizationOf(request.raw));
      request.caller = open ? stranger : await rateLimiter.identify(request, reply, ask);
      if (roles) requireRole(request.caller, roles);
    });
    await routes(scope as Server);
  };
}

/**
 * The `Authorization` header of a request. Node keeps the first of several and tells nothing of the others, which a
 * gateway may have verified instead: throws a Problem of kind `bad-request`.
 */
export function authorizationOf(request: IncomingMessage): string | undefined {
  if (timesSent(request, 'authorization') > 1) throw new Problem('bad-request', 'Send one Authorization header.');
  return request.headers.authorization;
}

function requireRole(caller: Caller, needed: readonly string[]): void {
  if (caller.roles === 'all' || caller.roles.some((role) => needed.includes(role))) return;
  const names = needed.map((role) => `\`${role}\``).join(' or ');
  throw new Problem('forbidden', `The access token needs the role ${names}.`, { neededRoles: needed });
}
