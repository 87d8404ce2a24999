import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { injectFaults } from '../fault-injection.ts';
import type { RefusingFault } from '../faults.ts';
import { publicError, requestOrigin } from '../http-app.ts';
import type { World } from '../world.ts';
import { pendingFederation, verifyAssertion } from './assertion.ts';
import { instanceDiscovery, openidConfiguration } from './discovery.ts';
import { EntraError, refusalOf, sendEntraRefusal } from './entra-error.ts';
import { parseTokenRequest } from './token-request.ts';

type TenantRoute = { Params: { tenant: string } };

/** Entra: discovery, keys and the token endpoint. */
export function entraRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    speakEntra(app, world);
    app.get('/common/discovery/instance', async (request) => instanceDiscovery(request, world));
    app.get<TenantRoute>('/:tenant/v2.0/.well-known/openid-configuration', async (request) => {
      requireTenant(world, request.params.tenant);
      return openidConfiguration(request, world);
    });
    app.get<TenantRoute>('/:tenant/discovery/v2.0/keys', async (request) => {
      requireTenant(world, request.params.tenant);
      return world.signingKeys.jwks;
    });
    app.post<TenantRoute>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
      requireTenant(world, request.params.tenant);
      const { application, assertion, resource, capabilities } = parseTokenRequest(formOf(request), world.state);
      await verifyAssertion(world, application, assertion);
      const client = { origin: requestOrigin(request, world.httpsUrl), capabilities };
      const { token, lifetime } = await world.accessTokens.issue(application, resource, client);
      reply.headers({ 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });
      return { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token };
    });
  };
}

function formOf({ body }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

function speakEntra(app: FastifyInstance, { faults, clockOf }: World): void {
  const clock = clockOf('entra');
  // A body that is no form holds no parameters: the answer is then which one is missing.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    done(null, /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '') ? body : '');
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('date', new Date(clock()).toUTCString());
  });
  injectFaults(app, { book: faults, target: 'entra', refuse: (...met) => refuse(clock(), ...met) });
  app.setErrorHandler<FastifyError | EntraError>((error, request, reply) => {
    if (error instanceof EntraError) return sendEntraRefusal(reply, refusalOf(error), clock());
    const { status, message } = publicError(error, request);
    const oauth = status < 500 ? 'invalid_request' : 'server_error';
    return sendEntraRefusal(reply, { status, error: oauth, code: 9002313, detail: message }, clock());
  });
}

type Met = [fault: RefusingFault, request: FastifyRequest, reply: FastifyReply];

function refuse(now: number, ...[fault, request, reply]: Met): FastifyReply {
  if (fault.kind === 'federation-pending') {
    const error = pendingFederation(formOf(request).get('client_assertion') ?? '');
    return sendEntraRefusal(reply, refusalOf(error), now);
  }
  if (fault.kind !== 'status') throw new Error('A fault of ARM met a request to Entra.');
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds));
  const error = fault.code ?? 'temporarily_unavailable';
  return sendEntraRefusal(
    reply,
    { status: fault.status, error, code: 90033, detail: 'A transient error occurred.' },
    now,
  );
}

function requireTenant({ state }: World, segment: string): void {
  if (state.isTenant(segment)) return;
  const advice = 'Check to make sure you have the correct tenant ID.';
  throw new EntraError('unknownTenant', `Tenant '${segment}' not found. ${advice}`);
}
