import type { Clock } from '../clock.ts';
import { SourceFailure } from '../source-failure.ts';

// Entra says one of these until a new federated credential has reached all of its servers.
const noFederation = new Set(['AADSTS70021', 'AADSTS700211', 'AADSTS700212', 'AADSTS700213']);
const propagationSeconds = 120;
const pendingRetrySeconds = 3;

const firstThrottledSeconds = 10;
const mostThrottledSeconds = 300;
// A proxy's nonsense must not stop the service for a year.
const mostRetryAfterSeconds = 3600;

/** Lets no exchange of tokens out before its time, whichever subscription it is for. */
export interface IdentityGate {
  /** Throws the failure that closed the gate, with the seconds that are left. */
  check(): void;
  /** An exchange failed: closes the gate if it has to be. Returns the failure as it is to be told. */
  close(failure: SourceFailure): SourceFailure;
  /** An exchange succeeded. */
  open(): void;
}

/** A gate that is open. It outlives the credentials behind it. */
export function identityGate(clock: Clock): IdentityGate {
  let closed: { failure: SourceFailure; until: number } | undefined;
  let throttles = 0;
  let pendingSince: number | undefined;

  function judge(failure: SourceFailure): SourceFailure {
    const { reason, retryAfterSeconds, evidence } = failure;
    if (noFederation.has(evidence.code ?? '')) {
      pendingSince ??= clock.now();
      const isPending = clock.now() - pendingSince < propagationSeconds * 1000;
      return isPending ? changed(failure, 'federation-pending', pendingRetrySeconds) : failure;
    }
    if (retryAfterSeconds !== undefined)
      return changed(failure, reason, Math.min(retryAfterSeconds, mostRetryAfterSeconds));
    if (reason !== 'throttled') return failure;
    throttles += 1;
    return changed(failure, reason, Math.min(firstThrottledSeconds * 2 ** (throttles - 1), mostThrottledSeconds));
  }

  return {
    check() {
      const seconds = closed === undefined ? 0 : (closed.until - clock.now()) / 1000;
      if (closed !== undefined && seconds > 0) throw changed(closed.failure, closed.failure.reason, seconds);
    },
    close(failure) {
      const told = judge(failure);
      const { retryAfterSeconds = 0 } = told;
      closed = { failure: told, until: clock.now() + retryAfterSeconds * 1000 };
      return told;
    },
    open() {
      closed = undefined;
      throttles = 0;
      pendingSince = undefined;
    },
  };
}

function changed({ message, evidence }: SourceFailure, reason: SourceFailure['reason'], retryAfterSeconds: number) {
  return new SourceFailure(reason, message, { evidence, retryAfterSeconds });
}
