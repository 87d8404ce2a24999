/** Why Azure could not be read. The closed list; it is also a label of the metrics. */
export type FailureReason =
  | 'throttled'
  | 'forbidden'
  | 'unauthenticated'
  | 'federation-pending'
  | 'not-found'
  | 'refused'
  | 'unavailable'
  | 'invalid-answer'
  | 'timeout'
  | 'unexpected';

/** What an operator needs to mend it, or to take it up with Azure's support; nothing secret. */
export interface Evidence {
  /** Azure's own word for it, such as `AuthorizationFailed` or `AADSTS70021`. */
  code?: string;
  status?: number;
  requestId?: string;
  /** Who the service tried to be, where that is what failed. */
  identity?: IdentityEvidence;
}

/** Who the service tried to be for Azure. */
export interface IdentityEvidence {
  /** `workload`, `managed` or `developer`. */
  credential: string;
  tenantId?: string;
  clientId?: string;
  /** Issuer and subject of the projected token, which a federated credential must name. */
  issuer?: string;
  subject?: string;
}

interface FailureOptions extends ErrorOptions {
  /** Azure asks not to be called before so many seconds have passed. */
  retryAfterSeconds?: number | undefined;
  evidence?: Evidence;
}

/** Azure could not be read. It never fails a caller of this service as long as the last good reading may be served. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure';
  readonly reason: FailureReason;
  readonly retryAfterSeconds: number | undefined;
  readonly evidence: Evidence;

  constructor(
    reason: FailureReason,
    message: string,
    { retryAfterSeconds, evidence = {}, cause }: FailureOptions = {},
  ) {
    super(message, { cause });
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
    this.evidence = evidence;
  }
}
