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
  RateLimiting: 429,
} as const;
type ArmCode = keyof typeof STATUSES;

interface Extras {
  readonly headers?: Record<string, string>;
  /** The reasons, where a service gives several. */
  readonly details?: readonly object[];
}

/** A refusal in ARM's words. */
export class ArmError extends Error {
  readonly code: ArmCode;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly details: readonly object[] | undefined;

  constructor(code: ArmCode, message: string, { headers = {}, details }: Extras = {}) {
    super(message);
    this.name = 'ArmError';
    this.code = code;
    this.status = STATUSES[code];
    this.headers = headers;
    this.details = details;
  }
}

/** The error body of the ARM resource provider contract. */
export function sendArmError(reply: FastifyReply, { code, message, status, headers, details }: ArmError): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send({ error: { code, message, ...(details === undefined ? {} : { details }) } });
}
