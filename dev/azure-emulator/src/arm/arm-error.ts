import type { FastifyReply } from 'fastify';

/** The refusals of ARM that this emulator knows, with their statuses. */
const STATUSES = {
  MissingApiVersionParameter: 400,
  InvalidApiVersionParameter: 400,
  InvalidSubscriptionId: 400,
  InvalidFilterInQueryString: 400,
  InvalidTopInQueryString: 400,
  InvalidSkipToken: 400,
  BadRequest: 400,
  AuthenticationFailed: 401,
  InvalidAuthenticationToken: 401,
  InvalidAuthenticationTokenAudience: 401,
  ExpiredAuthenticationToken: 401,
  AuthorizationFailed: 403,
  SubscriptionNotFound: 404,
  ResourceGroupNotFound: 404,
  NotFound: 404,
  SubscriptionRequestsThrottled: 429,
} as const;
type ArmCode = keyof typeof STATUSES;

/** A refusal in ARM's words. */
export class ArmError extends Error {
  readonly code: ArmCode;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: ArmCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'ArmError';
    this.code = code;
    this.status = STATUSES[code];
    this.headers = headers;
  }
}

/** The error body of the ARM resource provider contract. */
export function sendArmError(reply: FastifyReply, error: ArmError): FastifyReply {
  return reply
    .code(error.status)
    .headers(error.headers)
    .send({ error: { code: error.code, message: error.message } });
}
