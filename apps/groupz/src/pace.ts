import type { SourceFailure } from './group-source.ts';

/** How often groups are read. */
export interface Pace {
  refreshSeconds: number;
  /** A number from 0 to 1, evenly spread: keeps replicas from calling in step. */
  random: () => number;
}

// Azure Resource Manager refills 25 reads a second: who empties the bucket without being told until when waits longer.
const firstThrottledSeconds = 10;
const mostThrottledSeconds = 300;
// Longer than any wait that Azure asks for; a proxy's nonsense must not stop the service for a year.
const mostRetryAfterSeconds = 3600;

/**
 * Seconds from the end of a pass to the next one: the interval +-10 % after a good pass; after failed ones an
 * exponential wait up to the interval, and never before `Retry-After` has passed.
 */
export function secondsToNextPass(pace: Pace, failures: number, failure?: SourceFailure): number {
  const spread = 0.2 * pace.random();
  if (failure === undefined) return pace.refreshSeconds * (0.9 + spread);
  const asked = Math.min(failure.retryAfterSeconds ?? 0, mostRetryAfterSeconds);
  return Math.max(asked * (1 + spread / 2), backOff(pace, failures, failure) * (0.9 + spread));
}

function backOff({ refreshSeconds }: Pace, failures: number, { reason, retryAfterSeconds }: SourceFailure): number {
  const doublings = 2 ** Math.min(failures - 1, 20);
  const untold = reason === 'throttled' && retryAfterSeconds === undefined;
  if (untold) return Math.min(firstThrottledSeconds * doublings, Math.max(refreshSeconds, mostThrottledSeconds));
  return Math.min(doublings, refreshSeconds);
}
