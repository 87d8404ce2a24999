import swagger from '@fastify/swagger';
import type { FastifyContextConfig } from 'fastify';
import { problemResponse, problemResponses } from './problem-responses.ts';
import type { Server } from './route.ts';

interface OpenApiOptions {
  name: string;
  version: string;
  description: string;
}

/** Describes the routes that are registered after it as OpenAPI 3.1, at `/openapi.json`. */
export async function openApi(server: Server, { name, version, description }: OpenApiOptions): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `Seaworthy ${name}`, version, description, license: { name: 'MIT', identifier: 'MIT' } },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ bearer: [] }],
    },
    transform: ({ schema, url, route }) => {
      const { security, problems } = accessOf((route.config ?? {}) as FastifyContextConfig);
      // What a route says itself wins: a scope with an error handler of its own has other bodies.
      const response = { ...problems, default: problemResponse('A problem'), ...(schema?.response as object) };
      return { url, schema: { ...schema, security, response } };
    },
  });
  server.get('/openapi.json', { schema: { hide: true }, config: { open: true } }, async () => server.swagger());
}

/** Who may call a route: a token needs one of the roles (OpenAPI 3.1, Security Requirement Object). */
function accessOf({ open, roles }: FastifyContextConfig) {
  if (open) return { security: [], problems: {} };
  if (roles)
    return {
      security: roles.map((role) => ({ bearer: [role] })),
      problems: problemResponses('unauthenticated', 'forbidden'),
    };
  return { security: [{ bearer: [] }], problems: problemResponses('unauthenticated') };
}
