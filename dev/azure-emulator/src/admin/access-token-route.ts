import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { apisOf } from '../apis.ts';
import type { Application } from '../seed.ts';
import type { World } from '../world.ts';
import { parseBody, RequestError } from './request-error.ts';

/** Whose token it is when nobody is named. */
const DEFAULT_APPLICATION = 'developer';

const Query = Type.Object(
  {
    resource: Type.Optional(Type.String({ minLength: 1 })),
    application: Type.Optional(Type.String({ minLength: 1 })),
    /** Instead of those assigned, with commas between them; empty for none. */
    roles: Type.Optional(Type.String()),
    /** In seconds; negative for a token that has expired already. */
    expiresIn: Type.Optional(Type.String({ pattern: '^-?[0-9]{1,8}$' })),
  },
  { additionalProperties: false },
);

/**
 * Hands out an access token for the asking, as plain text: what a person would get from `az account get-access-token`.
 * Entra has nothing like it, as nobody proves here who they are.
 */
export function accessTokenRoute(app: FastifyInstance, { state, accessTokens }: World): void {
  app.get('/access-token', async (request, reply) => {
    const query = parseBody(Query, request.query);
    const application = applicationNamed(query.application ?? DEFAULT_APPLICATION, state.applications);
    const resource = query.resource ?? apisOf(state.applications)[0]?.identifierUris[0];
    if (resource === undefined || !state.isResource(resource)) {
      throw new RequestError(400, `/resource names no API: ${resource ?? 'the seed has none'}`);
    }
    const { token } = await accessTokens.issue(application, resource, wishesOf(query));
    return reply.type('text/plain').header('cache-control', 'no-store').send(token);
  });
}

function applicationNamed(name: string, applications: readonly Application[]): Application {
  const found = applications.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new RequestError(404, `No application ${name}: there is ${applications.map((each) => each.name).join(', ')}.`);
}

function wishesOf({ roles, expiresIn }: Static<typeof Query>): { roles?: string[]; lifetime?: number } {
  return {
    ...(roles === undefined ? {} : { roles: roles.split(',').filter(Boolean) }),
    ...(expiresIn === undefined ? {} : { lifetime: Number(expiresIn) }),
  };
}
