import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { EXCHANGE_AUDIENCE, KUBERNETES_NAME, PROJECTED_LIFETIME } from '../service-accounts.ts';
import type { World } from '../world.ts';
import { parseBody } from './request-error.ts';

const YEAR = 365 * 24 * 3600;
const name = Type.String({ pattern: KUBERNETES_NAME });

const ProjectedTokenBody = Type.Object(
  {
    namespace: name,
    serviceAccount: name,
    audience: Type.Optional(Type.String({ minLength: 1 })),
    /** Negative for a token that has expired already. */
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: -YEAR, maximum: YEAR })),
  },
  { additionalProperties: false },
);

/** Minting a projected token for any service account, known to Entra or not. */
export function tokenRoutes(app: FastifyInstance, { cluster }: World): void {
  app.post('/tokens', async (request, reply) => {
    const body = parseBody(ProjectedTokenBody, request.body);
    const token = await cluster.mint({
      account: { namespace: body.namespace, name: body.serviceAccount },
      audience: body.audience ?? EXCHANGE_AUDIENCE,
      lifetime: body.expiresInSeconds ?? PROJECTED_LIFETIME,
    });
    return reply.code(201).header('cache-control', 'no-store').send({ token });
  });
}
