import swagger from '@fastify/swagger';
import { ProblemDetails } from '@seaworthy/contracts/problem';
import type { Server } from './route.ts';

interface OpenApiOptions {
  name: string;
  version: string;
  description: string;
}

const problemResponse = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: ProblemDetails } },
};

/** Describes the routes that are registered after it as OpenAPI 3.1, at `/openapi.json`. */
export async function openApi(server: Server, { name, version, description }: OpenApiOptions): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: `Seaworthy ${name}`, version, description, license: { name: 'MIT', identifier: 'MIT' } },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ bearer: [] }],
    },
    transform: ({ schema, url }) => ({
      url,
      schema: { ...schema, response: { ...(schema?.response as object), default: problemResponse } },
    }),
  });
  server.get('/openapi.json', { schema: { hide: true }, config: { open: true } }, async () => server.swagger());
}
