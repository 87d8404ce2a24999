import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { claimsChallenge, expired, revoked } from './arm-authentication.ts';
import { ArmError, sendArmError } from './arm-error.ts';
import { injectFaults } from './fault-injection.ts';
import type { RefusingFault } from './faults.ts';
import { publicError, requestPath } from './http-app.ts';
import type { World } from './world.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the call log counts the route as, such as `resourceGroups.list`. */
    operation?: string;
  }
}

interface ArmService {
  readonly target: 'arm' | 'graph';
  readonly repeatPage?: (request: FastifyRequest) => Record<string, unknown>;
  /** The code and words of a refusal with this status that a fault asked for. */
  readonly throttled?: string;
}

/** Makes an instance answer as Azure Resource Manager does: headers, errors, faults; and counts what it is asked. */
export function speakArm(app: FastifyInstance, world: World, service: ArmService): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(responseHeaders(request, world.clockOf('arm')()));
  });
  app.addHook('onResponse', async (request, reply) => count(world, request, reply.statusCode));
  injectFaults(app, {
    book: world.faults,
    target: service.target,
    refuse: (fault, _request, reply) => refuse(fault, reply, { world, service }),
    dropped: (request) => count(world, request, 0),
    ...(service.repeatPage === undefined ? {} : { repeatPage: service.repeatPage }),
  });
  app.setErrorHandler<FastifyError | ArmError>((error, request, reply) => {
    if (error instanceof ArmError) return sendArmError(reply, error);
    const { status, message } = publicError(error, request);
    const code = status < 500 ? 'BadRequest' : 'InternalServerError';
    return reply.code(status).send({ error: { code, message } });
  });
  app.setNotFoundHandler((request, reply) =>
    sendArmError(reply, new ArmError('NotFound', `${request.method} ${requestPath(request)} is not emulated.`)),
  );
}

function count(world: World, request: FastifyRequest, status: number): void {
  const { operation = 'other' } = request.routeOptions.config;
  const { subscription = '' } = request.params as { subscription?: string };
  world.calls.add({ operation, subscription: subscription.toLowerCase(), status });
}

function responseHeaders(request: FastifyRequest, now: number): Record<string, string> {
  const id = randomUUID();
  const given = request.headers['x-ms-correlation-request-id'];
  const correlation = typeof given === 'string' && /^[0-9a-f-]{36}$/i.test(given) ? given : id;
  const client = request.headers['x-ms-client-request-id'];
  const echo = request.headers['x-ms-return-client-request-id'] === 'true' && typeof client === 'string';
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': correlation,
    'x-ms-routing-request-id': `EMULATOR:${time}:${id}`,
    ...(echo ? { 'x-ms-client-request-id': client } : {}),
    date: new Date(now).toUTCString(),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
  };
}

interface Surroundings {
  readonly world: World;
  readonly service: ArmService;
}

function refuse(fault: RefusingFault, reply: FastifyReply, { world, service }: Surroundings): FastifyReply {
  switch (fault.kind) {
    case 'expired-token':
      return sendArmError(reply, expired(world, Math.floor(world.clockOf('arm')() / 1000) - 1));
    case 'revoked-token':
      return sendArmError(reply, revoked(world));
    case 'cae-challenge':
      return sendArmError(reply, claimsChallenge(world));
    case 'federation-pending':
      throw new Error('A fault of Entra met a request to ARM.');
    default: {
      if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds));
      const throttled = service.throttled ?? 'SubscriptionRequestsThrottled';
      const code = fault.code ?? (fault.status === 429 ? throttled : 'InternalServerError');
      return reply.code(fault.status).send({ error: { code, message: 'This fault was asked for.' } });
    }
  }
}
