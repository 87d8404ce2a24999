import type { ProblemDetails } from '@seaworthy/contracts/problem';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { kindOfStatus, Problem, problemTable } from './problem.ts';
import { faultsOf, type SchemaError } from './validation.ts';

/** The media type of RFC 9457. */
export const problemType = 'application/problem+json; charset=utf-8';

const mostFaults = 20;

const details: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, but its content type says JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The content type of the body is not supported here.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this service accepts.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as Content-Length says.',
  FST_ERR_BAD_URL: 'The URL is not valid.',
};

/** Builds the body of an error. */
export function problemDetails(problem: Problem, instance?: string): ProblemDetails {
  const { status, title } = problemTable[problem.kind];
  return {
    type: `urn:seaworthy:problem:${problem.kind}`,
    title,
    status,
    ...(problem.message && { detail: problem.message }),
    ...(instance && { instance }),
    ...(problem.errors && { errors: problem.errors }),
  };
}

/** Answers any error that a route throws: outcomes as problem details, bugs as a bare 500 that is logged once. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = beginProblem(error, request, reply);
  // A serializer function, as the route's response schema for this status may describe a success.
  return reply
    .type(problemType)
    .serializer(JSON.stringify)
    .send(problemDetails(problem, request.id) as never);
}

/**
 * All that an answer to an error has besides its body: logs it, sets the status and the headers. For scopes with an
 * error handler of their own, whose protocol has other bodies.
 */
export function beginProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): Problem {
  const problem = problemOf(error);
  if (problem.kind === 'internal') request.log.error({ err: error }, 'request failed');
  else if (problem.kind === 'unauthenticated') request.log.debug({ reason: String(problem.cause) }, 'token refused');
  else if (problem.cause) request.log.warn({ err: problem.cause, kind: problem.kind }, 'request refused');
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds);
  const challenge = authenticateHeader(problem);
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  reply.code(problemTable[problem.kind].status);
  keepConnection(request, reply);
  return problem;
}

const mostOverread = 1024 ** 2; // bytes

/**
 * Fastify closes the connection after a body that it has refused. A gateway that is still sending then answers its
 * caller 502 instead of what we said (RFC 9112, section 9.6). Where the rest is not much, Node reads it into the void.
 */
function keepConnection({ headers }: FastifyRequest, reply: FastifyReply): void {
  if (reply.raw.shouldKeepAlive && Number(headers['content-length']) <= mostOverread) reply.removeHeader('connection');
}

/** The `WWW-Authenticate` header of a problem, where it has one (RFC 6750, section 3). */
export function authenticateHeader({ kind, cause, neededRoles }: Problem): string | undefined {
  // Why, but only to those who sent a token.
  if (kind === 'unauthenticated') return cause ? 'Bearer error="invalid_token"' : 'Bearer';
  return kind === 'forbidden' && neededRoles ? 'Bearer error="insufficient_scope"' : undefined;
}

/** Translates whatever was thrown into a Problem: `internal`, without a word, where it is a bug. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { validation, validationContext, statusCode = 500, code = '' } = (error ?? {}) as Partial<FastifyError>;
  if (validation) return invalid(validation as SchemaError[], validationContext);
  const kind = statusCode < 500 ? kindOfStatus(statusCode) : undefined;
  if (kind !== undefined) return new Problem(kind, details[code] ?? '');
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return timedOut(error);
  return new Problem('internal', '');
}

function timedOut(cause: unknown): Problem {
  return new Problem('unavailable', 'The request took too long here.', { cause, retryAfterSeconds: 1 });
}

function invalid(errors: SchemaError[], context: string | undefined): Problem {
  const faults = faultsOf(errors).slice(0, mostFaults);
  if (context === 'body')
    return new Problem('invalid', 'The body is not as the schema asks: see errors.', { errors: faults });
  const where = context === 'params' ? 'path' : (context ?? 'request');
  const named = faults.map((fault) => ({
    ...fault,
    pointer: fault.pointer.replace('/', context === 'querystring' ? '?' : ''),
  }));
  return new Problem('bad-request', `The ${where} is not as the schema asks: see errors.`, { errors: named });
}
