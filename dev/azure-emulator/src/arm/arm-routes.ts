import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { injectFaults, type RefusingFault } from '../fault-injection.ts';
import { publicError, requestPath } from '../http-app.ts';
import type { World } from '../world.ts';
import { ArmError, sendArmError } from './arm-error.ts';
import { armOperation } from './arm-request.ts';
import { claimsChallenge, expired, revoked } from './authentication.ts';
import { createReadAllowance } from './read-allowance.ts';
import { checkResourceGroup, getResourceGroup, listResourceGroups } from './resource-groups.ts';
import { getSubscription, listSubscriptions } from './subscriptions.ts';

const SUBSCRIPTION_VERSIONS = ['2022-12-01', '2022-09-01', '2021-01-01', '2020-01-01', '2019-11-01', '2016-06-01'];
const GROUP_VERSIONS = ['2025-04-01', '2025-03-01', '2024-11-01', '2024-07-01', '2024-03-01', '2023-07-01'].concat([
  '2022-09-01',
  '2021-04-01',
  '2021-01-01',
  '2020-10-01',
  '2020-06-01',
  '2019-10-01',
  '2018-05-01',
  '2016-09-01',
]);

/** Azure Resource Manager, read only: subscriptions and resource groups. Mounted at `/subscriptions`. */
export function armRoutes(world: World): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    speakArm(app, world);
    const allowance = createReadAllowance(world.clock);
    const subscriptions = { world, allowance, versions: SUBSCRIPTION_VERSIONS };
    const groups = { world, allowance, versions: GROUP_VERSIONS };
    app.get('/', armOperation(subscriptions, listSubscriptions));
    app.get('/:subscription', armOperation(subscriptions, getSubscription));
    app.get('/:subscription/resourcegroups', armOperation(groups, listResourceGroups));
    app.get('/:subscription/resourcegroups/:group', armOperation(groups, getResourceGroup));
    app.head('/:subscription/resourcegroups/:group', armOperation(groups, checkResourceGroup));
  };
}

function speakArm(app: FastifyInstance, world: World): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(responseHeaders(request));
  });
  injectFaults(app, {
    book: world.faults,
    target: 'arm',
    refuse: (fault, _request, reply) => refuse(fault, reply, world),
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

function responseHeaders(request: FastifyRequest): Record<string, string> {
  const id = randomUUID();
  const given = request.headers['x-ms-correlation-request-id'];
  const correlation = typeof given === 'string' && /^[0-9a-f-]{36}$/i.test(given) ? given : id;
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': correlation,
    'x-ms-routing-request-id': `EMULATOR:${time}:${id}`,
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
  };
}

function refuse(fault: RefusingFault, reply: FastifyReply, world: World): FastifyReply {
  switch (fault.kind) {
    case 'expired-token':
      return sendArmError(reply, expired(world, Math.floor(world.clock() / 1000) - 1));
    case 'revoked-token':
      return sendArmError(reply, revoked(world));
    case 'cae-challenge':
      return sendArmError(reply, claimsChallenge(world));
    default: {
      if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds));
      const code = fault.code ?? (fault.status === 429 ? 'SubscriptionRequestsThrottled' : 'InternalServerError');
      return reply.code(fault.status).send({ error: { code, message: 'This fault was asked for.' } });
    }
  }
}
