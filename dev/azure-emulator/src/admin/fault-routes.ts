import type { FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { FAULT_KINDS, FaultRequest } from '../faults.ts';
import type { World } from '../world.ts';
import { parseBody, RequestError } from './request-error.ts';

/** Asking for faults, listing them and taking them back. */
export function faultRoutes(app: FastifyInstance, { faults }: World): void {
  app.get('/faults', async () => ({ value: faults.all }));
  app.post('/faults', async (request, reply) => reply.code(201).send(faults.add(parseFault(request.body))));
  app.delete('/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/faults/:id', async (request, reply) => {
    if (faults.remove(request.params.id)) return reply.code(204).send();
    throw new RequestError(404, `No fault ${request.params.id}.`);
  });
}

function parseFault(body: unknown): FaultRequest {
  const kind = (body as { kind?: unknown } | null | undefined)?.kind;
  // Checked against the variants of its kind alone, so that the message is about what the caller meant.
  const variant = FaultRequest.anyOf.find((each) => Value.Check(each.properties.kind, kind));
  if (variant === undefined) throw new RequestError(400, `/kind must be one of ${FAULT_KINDS.join(', ')}`);
  return parseBody(variant, body);
}
