/** A resource group, as far as this service tells of it. */
export interface ResourceGroup {
  /** As it was first written; Azure compares names without regard to case. */
  name: string;
}

/** Where resource groups are read from. */
export interface GroupSource {
  /**
   * Reads all resource groups of a subscription that the service's identity may see, in any order.
   * All or nothing: a list that breaks off half-way is a failure, never a shorter list.
   * Rejects with a `SourceFailure`; when `signal` aborts it rejects soon, with whatever it likes.
   */
  list(subscriptionId: string, signal: AbortSignal): Promise<ResourceGroup[]>;
}

/** Why groups could not be read. The closed list; it is also a label of the metrics. */
export type FailureReason =
  | 'throttled'
  | 'forbidden'
  | 'unauthenticated'
  | 'not-found'
  | 'refused'
  | 'unavailable'
  | 'invalid-answer'
  | 'timeout'
  | 'unexpected';

/** What an operator needs to take the failure up with Azure's support; nothing secret. */
export interface Evidence {
  /** Azure's own word for it, such as `AuthorizationFailed` or `AADSTS70021`. */
  code?: string;
  status?: number;
  requestId?: string;
}

interface FailureOptions extends ErrorOptions {
  /** The source asks not to be called before so many seconds have passed. */
  retryAfterSeconds?: number | undefined;
  evidence?: Evidence;
}

/** A source could not answer. It never reaches a caller of this service: the last good list does. */
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
