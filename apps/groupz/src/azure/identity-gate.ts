import type { Clock } from '../clock.ts';
import type { SourceFailure } from '../source-failure.ts';
import { type Gate, gate, withWait } from './gate.ts';

// Entra says one of these until a new federated credential has reached all of its servers.
const noFederation = new Set(['AADSTS70021', 'AADSTS700211', 'AADSTS700212', 'AADSTS700213']);
const propagationSeconds = 120;
const pendingRetrySeconds = 3;

// The first and the longest wait where none is asked for: it doubles with each failure in a row.
const throttledSeconds = [10, 300] as const;
const failedSeconds = [1, 30] as const;

/** Lets no exchange of tokens out soon after one that failed, whichever subscription it is for. It outlives credentials. */
export function identityGate(clock: Clock): Gate {
  const exit = gate(clock);
  let failures = 0;
  let pendingSince: number | undefined;

  function judge(failure: SourceFailure): SourceFailure {
    const { reason, retryAfterSeconds = 0, evidence } = failure;
    if (noFederation.has(evidence.code ?? '')) {
      pendingSince ??= clock.now();
      const isPending = clock.now() - pendingSince < propagationSeconds * 1000;
      if (isPending) return withWait(failure, pendingRetrySeconds, 'federation-pending');
    }
    if (retryAfterSeconds > 0) return failure;
    const [first, most] = reason === 'throttled' ? throttledSeconds : failedSeconds;
    failures += 1;
    return withWait(failure, Math.min(first * 2 ** (failures - 1), most));
  }

  return {
    check: exit.check,
    close: (failure) => exit.close(judge(failure)),
    open() {
      exit.open();
      failures = 0;
      pendingSince = undefined;
    },
  };
}
