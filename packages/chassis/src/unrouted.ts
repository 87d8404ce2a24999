import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from './errors.ts';
import { keepAddresses } from './forwarded.ts';

/** Answers what the router cannot read, a URL such as `/%zz`: hooks do not run for it, so it is counted here. */
export function answerUnrouted(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  keepAddresses(request.raw);
  reply.header('x-request-id', request.id);
  try {
    request.server.rateLimiter.count(request, reply);
    return answerError(error, request, reply);
  } catch (refusal) {
    return answerError(refusal, request, reply);
  }
}
