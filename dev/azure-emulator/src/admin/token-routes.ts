import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { EXCHANGE_AUDIENCE, KUBERNETES_NAME, PROJECTED_LIFETIME, type ServiceAccount } from '../service-accounts.ts';
import type { World } from '../world.ts';
import { parseBody, RequestError } from './request-error.ts';

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

const RotationBody = Type.Object(
  { namespace: name, serviceAccount: name, revokeOlder: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

const RevocationBody = Type.Object({ clientId: Type.Optional(Type.String()) }, { additionalProperties: false });

/** The files with the projected tokens, as far as they can be changed from outside. */
export interface ProjectedTokens {
  /** Writes a fresh token for the account now. False, if it has no file. */
  rotate(account: ServiceAccount): Promise<boolean>;
}

/** Minting, rotating and taking back projected tokens; taking back access tokens. */
export function tokenRoutes(
  app: FastifyInstance,
  { cluster, accessTokens, state }: World,
  files: ProjectedTokens,
): void {
  app.post('/tokens', async (request, reply) => {
    const body = parseBody(ProjectedTokenBody, request.body);
    const token = await cluster.mint({
      account: { namespace: body.namespace, name: body.serviceAccount },
      audience: body.audience ?? EXCHANGE_AUDIENCE,
      lifetime: body.expiresInSeconds ?? PROJECTED_LIFETIME,
    });
    return reply.code(201).header('cache-control', 'no-store').send({ token });
  });
  app.post('/tokens/rotate', async (request) => {
    const { namespace, serviceAccount, revokeOlder = false } = parseBody(RotationBody, request.body);
    const account = { namespace, name: serviceAccount };
    // Before the new one is made, which is to be good.
    if (revokeOlder) cluster.revoke(account);
    if (await files.rotate(account)) return { rotated: true, revokedOlder: revokeOlder };
    throw new RequestError(404, `No token file for ${namespace}/${serviceAccount}.`);
  });
  app.post('/tokens/revoke', async (request) => {
    const { clientId } = parseBody(RevocationBody, request.body ?? {});
    if (clientId !== undefined && state.application(clientId) === undefined) {
      throw new RequestError(404, `No application ${clientId}.`);
    }
    accessTokens.revoke(clientId?.toLowerCase());
    return { revoked: true };
  });
}
