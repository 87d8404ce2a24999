import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { GroupName, type ResourceGroup, type Subscription, Tags } from '../seed.ts';
import type { World } from '../world.ts';
import { parseBody, RequestError } from './request-error.ts';

const PATH = '/subscriptions/:subscription/resourcegroups/:group';
const DEFAULT_LOCATION = 'westeurope';

const GroupChange = Type.Object(
  { location: Type.Optional(Type.String({ minLength: 1 })), tags: Type.Optional(Tags) },
  { additionalProperties: false },
);

interface Target {
  readonly subscription: Subscription;
  readonly name: string;
  readonly existing: ResourceGroup | undefined;
  readonly change: Static<typeof GroupChange>;
}

/** Changing resource groups behind ARM's back, as another administrator would. */
export function groupRoutes(app: FastifyInstance, world: World): void {
  const { state } = world;
  app.put(PATH, async (request, reply) => {
    const { subscription, name, existing, change } = targetOf(request, world);
    const location = existing?.location ?? DEFAULT_LOCATION;
    return reply.code(existing ? 200 : 201).send(state.putGroup(subscription, { name, location, ...change }));
  });
  app.patch(PATH, async (request) => {
    const { subscription, name, existing, change } = targetOf(request, world);
    if (existing === undefined) throw new RequestError(404, `No resource group ${name}.`);
    return state.putGroup(subscription, { ...existing, ...change });
  });
  app.delete(PATH, async (request, reply) => {
    const { subscription, name } = targetOf(request, world);
    if (state.deleteGroup(subscription, name)) return reply.code(204).send();
    throw new RequestError(404, `No resource group ${name}.`);
  });
}

function targetOf(request: FastifyRequest, { state }: World): Target {
  const { subscription: id, group: name } = request.params as { subscription: string; group: string };
  const subscription = state.subscription(id);
  if (subscription === undefined) throw new RequestError(404, `No subscription ${id}.`);
  if (!Value.Check(GroupName, name)) throw new RequestError(400, `'${name}' is no name for a resource group.`);
  const change = parseBody(GroupChange, request.body ?? {});
  return { subscription, name, existing: state.group(subscription, name), change };
}
