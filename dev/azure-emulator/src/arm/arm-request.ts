import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { Application } from '../seed.ts';
import type { World } from '../world.ts';
import { requireApiVersion } from './api-version.ts';
import { ArmError } from './arm-error.ts';
import { authenticate } from './authentication.ts';
import type { ReadAllowance } from './read-allowance.ts';

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
  readonly allowance: ReadAllowance;
  readonly versions: readonly string[];
}

/** Puts the checks before a handler: api-version, bearer token, read allowance, in that order. */
export function armOperation({ world, allowance, versions }: ArmOperations, handle: ArmHandler): RouteHandlerMethod {
  return async (request, reply) => {
    requireApiVersion(request, versions);
    const caller = await authenticate(request, world);
    const { subscription = '', group = '' } = request.params as Partial<ArmParams>;
    spend(allowance, { reply, bucket: `${caller.objectId}/${subscription.toLowerCase()}`, subscription });
    return handle({ world, caller, request, reply, params: { subscription, group } });
  };
}

interface Spending {
  readonly reply: FastifyReply;
  readonly bucket: string;
  readonly subscription: string;
}

function spend(allowance: ReadAllowance, { reply, bucket, subscription }: Spending): void {
  const left = allowance.take(bucket);
  const scope = subscription === '' ? 'tenant' : 'subscription';
  reply.header(`x-ms-ratelimit-remaining-${scope}-reads`, String(left ?? 0));
  if (left !== undefined) return;
  const message = `Number of read requests for ${scope} '${subscription}' exceeded the limit. Please try again later.`;
  throw new ArmError('SubscriptionRequestsThrottled', message, { 'retry-after': '1' });
}
