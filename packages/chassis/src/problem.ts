import type { Fault, ProblemKind } from '@seaworthy/contracts/problem';

interface ProblemOptions extends ErrorOptions {
  /** The single faults of a request, for kinds `bad-request` and `invalid`. */
  errors?: Fault[];
  /** When to try again, in whole seconds: becomes the `Retry-After` header. */
  retryAfterSeconds?: number;
  /** The roles of which any one would do, for kind `forbidden`. */
  neededRoles?: readonly string[];
}

/**
 * An outcome that the caller can act on. Whatever else is thrown is a bug and answers a bare 500.
 * `detail` is shown to the caller: it names the fault and the fix, never a secret.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly errors: Fault[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly neededRoles: readonly string[] | undefined;

  constructor(kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.kind = kind;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.neededRoles = options.neededRoles;
  }
}

/** The one table from kind to HTTP status (RFC 9110, RFC 6585) and title. */
export const problemTable = {
  'bad-request': { status: 400, title: 'The request is malformed' },
  unauthenticated: { status: 401, title: 'A valid access token is needed' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'not-acceptable': { status: 406, title: 'No acceptable representation' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  conflict: { status: 409, title: 'The request conflicts with the current state' },
  gone: { status: 410, title: 'This is no longer available' },
  'precondition-failed': { status: 412, title: 'The precondition does not hold' },
  'too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The URL is too long' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  invalid: { status: 422, title: 'The body does not follow the schema' },
  'upgrade-required': { status: 426, title: 'Another protocol is needed' },
  'precondition-required': { status: 428, title: 'A precondition is required' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'The service cannot answer now' },
} as const satisfies Readonly<Record<ProblemKind, { status: number; title: string }>>;

/** The kind for a status that a library chose, or `undefined` where the table has none. */
export function kindOfStatus(status: number): ProblemKind | undefined {
  const entry = Object.entries(problemTable).find(([, row]) => row.status === status);
  return entry?.[0] as ProblemKind | undefined;
}
