import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { World } from '../world.ts';
import { parseBody } from './request-error.ts';

const RotationBody = Type.Object({ dropOld: Type.Optional(Type.Boolean()) }, { additionalProperties: false });

/** A new key for access tokens, as Entra takes one from time to time; an emergency drops the old ones at once. */
export function keyRoutes(app: FastifyInstance, { signingKeys }: World): void {
  app.post('/keys/rotate', async (request) => {
    const { kid } = await signingKeys.rotate(parseBody(RotationBody, request.body ?? {}));
    return { kid, published: signingKeys.jwks.keys.map((key) => key.kid) };
  });
}
