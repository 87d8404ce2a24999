import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';
import type { Server } from './route.ts';

const options: FastifyHelmetOptions = { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } };

/** Puts the headers that browsers harden by on each answer; a route may set them otherwise. */
export async function securityHeaders(server: Server): Promise<void> {
  // helmet builds them anew for each request, for a tenth of what a small one costs: it is asked once.
  const headers = await headersOfHelmet();
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

async function headersOfHelmet(): Promise<Record<string, string>> {
  const scratch = fastify();
  await scratch.register(helmet, options);
  scratch.get('/', async (_request, reply) => reply.raw.getHeaders());
  const answer = await scratch.inject('/');
  await scratch.close();
  return answer.json();
}
