import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type Application, Subscription } from '../seed.ts';
import type { World } from '../world.ts';
import { parseBody, RequestError } from './request-error.ts';

const PATH = '/subscriptions/:subscription';
const { id: SubscriptionId, displayName, state } = Subscription.properties;

const SubscriptionChange = Type.Object(
  {
    displayName: Type.Optional(displayName),
    state: Type.Optional(state),
    /** Names or client ids of the applications that may read it; without it, those that could before. */
    access: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);

type Params = { Params: { subscription: string } };

/** Adding subscriptions, changing who may read them, and deleting them with their groups. */
export function subscriptionRoutes(app: FastifyInstance, { state }: World): void {
  app.put<Params>(PATH, async (request, reply) => {
    const id = request.params.subscription.toLowerCase();
    if (!Value.Check(SubscriptionId, id)) throw new RequestError(400, `'${id}' is no id for a subscription.`);
    const { access, ...change } = parseBody(SubscriptionChange, request.body ?? {});
    const existing = state.subscription(id);
    const description = { displayName: id, state: 'Enabled' as const, ...existing, ...change, id };
    const before = state.applications.filter(
      (each) => existing !== undefined && state.readable(each).includes(existing),
    );
    const readers = access === undefined ? before : readersOf(access, state.applications);
    state.putSubscription(description, readers);
    return reply.code(existing ? 200 : 201).send({ ...description, access: readers.map(({ name }) => name) });
  });
  app.delete<Params>(PATH, async (request, reply) => {
    const { subscription: id } = request.params;
    if (state.deleteSubscription(id.toLowerCase())) return reply.code(204).send();
    throw new RequestError(404, `No subscription ${id}.`);
  });
}

function readersOf(
  access: NonNullable<Static<typeof SubscriptionChange>['access']>,
  applications: readonly Application[],
): Application[] {
  return access.map((wanted) => {
    const found = applications.find(({ name, clientId }) => [name, clientId].includes(wanted));
    if (found === undefined) throw new RequestError(400, `/access names no application: ${wanted}`);
    return found;
  });
}
