import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { injectFaults } from '../fault-injection.ts';
import { queryValue } from '../http-app.ts';
import type { World } from '../world.ts';
import { machineToken } from './machine-token.ts';
import { webAppToken } from './web-app-token.ts';

/** Managed identity, as a virtual machine (instance metadata) and as an App Service sees it. */
export function imdsRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    injectFaults(app, { book: world.faults, target: 'imds', refuse });
    const machine = (request: FastifyRequest, reply: FastifyReply) => machineToken(world, request, reply);
    app.get('/metadata/identity/oauth2/token', machine);
    // The SDK puts the slash there when AZURE_POD_IDENTITY_AUTHORITY_HOST is set.
    app.get('/metadata/identity/oauth2/token/', machine);
    app.get('/msi/token', (request, reply) => webAppToken(world, request, reply));
  };
}

const refuse: Parameters<typeof injectFaults>[1]['refuse'] = (fault, request, reply) => {
  if (fault.kind !== 'status') return reply.code(401).send();
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds));
  const error = fault.code ?? 'unknown';
  const resource = queryValue(request, 'resource') ?? '';
  return reply.code(fault.status).send({ error, error_description: `Failed to retrieve a token for '${resource}'.` });
};
