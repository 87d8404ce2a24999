import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The outcomes of Entra's token endpoint: AADSTS code, OAuth error and status (Entra's reference of error codes). */
const OUTCOMES = {
  unknownTenant: { code: 90002, error: 'invalid_request', status: 400 },
  missingParameter: { code: 900144, error: 'invalid_request', status: 400 },
  malformedRequest: { code: 9002313, error: 'invalid_request', status: 400 },
  unknownInstance: { code: 50049, error: 'invalid_instance', status: 400 },
  unsupportedGrant: { code: 70003, error: 'unsupported_grant_type', status: 400 },
  unknownApplication: { code: 700016, error: 'unauthorized_client', status: 400 },
  missingCredential: { code: 7000216, error: 'invalid_client', status: 401 },
  wrongSecret: { code: 7000215, error: 'invalid_client', status: 401 },
  malformedScope: { code: 70011, error: 'invalid_scope', status: 400 },
  scopeNotDefault: { code: 1002012, error: 'invalid_scope', status: 400 },
  unknownResource: { code: 500011, error: 'invalid_resource', status: 400 },
  malformedAssertion: { code: 50027, error: 'invalid_client', status: 401 },
  wrongAssertionType: { code: 5002727, error: 'invalid_client', status: 401 },
  noFederatedCredential: { code: 70021, error: 'invalid_client', status: 401 },
  unknownIssuer: { code: 700211, error: 'invalid_client', status: 401 },
  unknownAudience: { code: 700212, error: 'invalid_client', status: 401 },
  unknownSubject: { code: 700213, error: 'invalid_client', status: 401 },
  outsideValidity: { code: 700024, error: 'invalid_client', status: 401 },
  unknownSigningKey: { code: 7000272, error: 'invalid_client', status: 401 },
  wrongSignature: { code: 700027, error: 'invalid_client', status: 401 },
} as const;

/** A refusal in Entra's words. The outcome decides code and status; the detail names the values. */
export class EntraError extends Error {
  readonly outcome: keyof typeof OUTCOMES;

  constructor(outcome: keyof typeof OUTCOMES, detail: string) {
    super(detail);
    this.name = 'EntraError';
    this.outcome = outcome;
  }
}

interface EntraRefusal {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly detail: string;
}

/** Sends an error body as the token endpoint does; the caller's `client-request-id` comes back as correlation id. */
export function sendEntraRefusal(reply: FastifyReply, refusal: EntraRefusal, now: number): FastifyReply {
  const traceId = randomUUID();
  const correlationId = correlationOf(reply.request);
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const trailer = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return reply
    .code(refusal.status)
    .headers({ 'x-ms-request-id': traceId, 'cache-control': 'no-store, no-cache', pragma: 'no-cache' })
    .send({
      error: refusal.error,
      error_description: `AADSTS${refusal.code}: ${refusal.detail} ${trailer}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
    });
}

/** The refusal that an error of this room stands for. */
export function refusalOf(error: EntraError): EntraRefusal {
  return { ...OUTCOMES[error.outcome], detail: error.message };
}

function correlationOf(request: FastifyRequest): string {
  const given = [
    (request.query as Record<string, unknown>)['client-request-id'],
    request.headers['client-request-id'],
  ].find((value) => typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value));
  return typeof given === 'string' ? given : randomUUID();
}
