import type { SourceFailure } from './source-failure.ts';

/** How often Azure is read. */
export interface Pace {
  refreshSeconds: number;
  /** The longest that good readings may be apart: what they read must not get too old in between. */
  slowestSeconds: number;
  /** A number from 0 to 1, evenly spread: keeps replicas from calling in step. */
  random: () => number;
}

/** How the latest reading went. */
export interface Outcome {
  /** How many readings have failed in a row. */
  failures: number;
  failure?: SourceFailure | undefined;
  /** How much is left of what Azure lets the identity read, from 0 to 1; absent when not told. */
  allowanceLeft?: number | undefined;
}

// Azure Resource Manager refills 25 reads a second: who empties the bucket without being told until when waits longer.
const firstThrottledSeconds = 10;
const mostThrottledSeconds = 300;
// Longer than any wait that Azure asks for; a proxy's nonsense must not stop the service for a year.
const mostRetryAfterSeconds = 86_400;
// Below a fifth of the allowance somebody else uses it up, too: up to the slowest pace leaves it to them.
const lowAllowance = 0.2;

/**
 * Seconds from the end of a reading to the next one: the interval +-10 % after a good one, longer while the allowance
 * runs low; after failed ones an exponential wait up to the interval, and never before `Retry-After` has passed.
 */
export function secondsToNextPass(pace: Pace, { failures, failure, allowanceLeft = 1 }: Outcome): number {
  const spread = 0.2 * pace.random();
  if (failure === undefined) return secondsAfterGood(pace, allowanceLeft) * (0.9 + spread);
  const asked = Math.min(failure.retryAfterSeconds ?? 0, mostRetryAfterSeconds);
  return Math.max(asked * (1 + spread / 2), backOff(pace, failures, failure) * (0.9 + spread));
}

function secondsAfterGood({ refreshSeconds, slowestSeconds }: Pace, allowanceLeft: number): number {
  const missing = Math.max(0, 1 - allowanceLeft / lowAllowance);
  return refreshSeconds + missing * Math.max(0, slowestSeconds - refreshSeconds);
}

function backOff({ refreshSeconds }: Pace, failures: number, { reason, retryAfterSeconds }: SourceFailure): number {
  const doublings = 2 ** Math.min(failures - 1, 20);
  // It comes right by itself within seconds, and says when to look again.
  if (reason === 'federation-pending') return 1;
  const untold = reason === 'throttled' && retryAfterSeconds === undefined;
  if (untold) return Math.min(firstThrottledSeconds * doublings, Math.max(refreshSeconds, mostThrottledSeconds));
  return Math.min(doublings, refreshSeconds);
}
