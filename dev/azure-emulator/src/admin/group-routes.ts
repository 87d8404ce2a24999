import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { GroupList } from '../group-list.ts';
import { GroupName, type ResourceGroup, Tags } from '../seed.ts';
import type { World } from '../world.ts';
import { Generation, generateGroups } from './group-generation.ts';
import { parseBody, RequestError } from './request-error.ts';

const COLLECTION = '/subscriptions/:subscription/resourcegroups';
const PATH = `${COLLECTION}/:group`;
const DEFAULT_LOCATION = 'westeurope';

const GroupChange = Type.Object(
  { location: Type.Optional(Type.String({ minLength: 1 })), tags: Type.Optional(Tags) },
  { additionalProperties: false },
);

interface Target {
  readonly groups: GroupList;
  readonly name: string;
  readonly existing: ResourceGroup | undefined;
  readonly change: Static<typeof GroupChange>;
}

/** Changing resource groups behind ARM's back, as another administrator would. */
export function groupRoutes(app: FastifyInstance, world: World): void {
  app.put(PATH, async (request, reply) => {
    const { groups, name, existing, change } = targetOf(request, world);
    const location = existing?.location ?? DEFAULT_LOCATION;
    return reply.code(existing ? 200 : 201).send(groups.put({ name, location, ...change }));
  });
  app.patch(PATH, async (request) => {
    const { groups, name, existing, change } = targetOf(request, world);
    if (existing === undefined) throw new RequestError(404, `No resource group ${name}.`);
    return groups.put({ ...existing, ...change });
  });
  app.delete(PATH, async (request, reply) => {
    const { groups, name } = targetOf(request, world);
    if (groups.delete(name)) return reply.code(204).send();
    throw new RequestError(404, `No resource group ${name}.`);
  });
  // Two colons are one: a single one would begin a parameter.
  app.post(`${COLLECTION}::generate`, async (request, reply) => {
    const groups = groupsOf(request, world);
    const generated = generateGroups(parseBody(Generation, request.body));
    for (const group of generated) groups.put(group);
    const [first, last] = [generated[0]?.name, generated.at(-1)?.name];
    return reply.code(201).send({ count: generated.length, first, last });
  });
}

function targetOf(request: FastifyRequest, world: World): Target {
  const { group: name } = request.params as { group: string };
  const groups = groupsOf(request, world);
  if (!Value.Check(GroupName, name)) throw new RequestError(400, `'${name}' is no name for a resource group.`);
  const change = parseBody(GroupChange, request.body ?? {});
  return { groups, name, existing: groups.get(name), change };
}

function groupsOf(request: FastifyRequest, { state }: World): GroupList {
  const { subscription: id } = request.params as { subscription: string };
  const subscription = state.subscription(id);
  if (subscription === undefined) throw new RequestError(404, `No subscription ${id}.`);
  return state.groups(subscription);
}
