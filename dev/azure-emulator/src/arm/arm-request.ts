import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { requireApiVersion } from '../api-version.ts';
import { authenticate } from '../arm-authentication.ts';
import { ArmError } from '../arm-error.ts';
import type { Application } from '../seed.ts';
import type { World } from '../world.ts';

interface ArmParams {
  readonly subscription: string;
  readonly group: string;
}

/** A request that has passed the checks every ARM operation begins with. */
export interface ArmRequest {
  readonly world: World;
  readonly caller: Application;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly params: ArmParams;
}

export type ArmHandler = (request: ArmRequest) => Promise<unknown>;

interface ArmOperations {
  readonly world: World;
  readonly versions: readonly string[];
}

/** Puts the checks before a handler: api-version, bearer token, read allowance, in that order. */
export function armOperation({ world, versions }: ArmOperations, handle: ArmHandler): RouteHandlerMethod {
  return async (request, reply) => {
    requireApiVersion(request, versions);
    const caller = await authenticate(request, world);
    const { subscription = '', group = '' } = request.params as Partial<ArmParams>;
    spendRead(world, { reply, caller, subscription: subscription.toLowerCase() });
    return handle({ world, caller, request, reply, params: { subscription, group } });
  };
}

interface Read {
  readonly reply: FastifyReply;
  readonly caller: Application;
  /** Empty for what concerns the tenant. */
  readonly subscription: string;
}

function spendRead({ allowance }: World, { reply, caller, subscription }: Read): void {
  const { own, global, retryAfter } = allowance.take({ principal: caller.objectId, scope: subscription });
  const scope = subscription === '' ? 'tenant' : 'subscription';
  reply.header(`x-ms-ratelimit-remaining-${scope}-reads`, String(own));
  if (subscription !== '') reply.header('x-ms-ratelimit-remaining-subscription-global-reads', String(global));
  if (retryAfter === undefined) return;
  const message = `Number of read requests for ${scope} '${subscription}' exceeded the limit. Please try again later.`;
  throw new ArmError('SubscriptionRequestsThrottled', message, { headers: { 'retry-after': String(retryAfter) } });
}
