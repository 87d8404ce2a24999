import type { FastifyError, FastifyInstance } from 'fastify';
import { injectFaults } from '../fault-injection.ts';
import { publicError, requestOrigin } from '../http-app.ts';
import type { World } from '../world.ts';
import { verifyAssertion } from './assertion.ts';
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
      return world.accessTokens.jwks;
    });
    app.post<TenantRoute>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
      requireTenant(world, request.params.tenant);
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      const { application, assertion, resource } = parseTokenRequest(form, world.state);
      await verifyAssertion(world, application, assertion);
      const { token, lifetime } = await world.accessTokens.issue(
        application,
        resource,
        requestOrigin(request, world.httpsUrl),
      );
      reply.headers({ 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });
      return { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token };
    });
  };
}

function speakEntra(app: FastifyInstance, { faults, clock }: World): void {
  // A body that is no form holds no parameters: the answer is then which one is missing.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    done(null, /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '') ? body : '');
  });
  injectFaults(app, {
    book: faults,
    target: 'entra',
    refuse(fault, _request, reply) {
      const status = fault.kind === 'status' ? fault.status : 401;
      const error = (fault.kind === 'status' ? fault.code : undefined) ?? 'temporarily_unavailable';
      if (fault.kind === 'status' && fault.retryAfterSeconds !== undefined) {
        reply.header('retry-after', String(fault.retryAfterSeconds));
      }
      return sendEntraRefusal(reply, { status, error, code: 90033, detail: 'A transient error occurred.' }, clock());
    },
  });
  app.setErrorHandler<FastifyError | EntraError>((error, request, reply) => {
    if (error instanceof EntraError) return sendEntraRefusal(reply, refusalOf(error), clock());
    const { status, message } = publicError(error, request);
    const oauth = status < 500 ? 'invalid_request' : 'server_error';
    return sendEntraRefusal(reply, { status, error: oauth, code: 9002313, detail: message }, clock());
  });
}

function requireTenant({ state }: World, segment: string): void {
  if (state.isTenant(segment)) return;
  const advice = 'Check to make sure you have the correct tenant ID.';
  throw new EntraError('unknownTenant', `Tenant '${segment}' not found. ${advice}`);
}
