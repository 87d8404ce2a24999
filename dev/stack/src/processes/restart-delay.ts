/** How patient a supervisor is, all in milliseconds. */
export interface RestartLimits {
  /** Until the program must be ready the first time. */
  readyMs: number;
  /** Between asking it to stop and ending it by force. */
  graceMs: number;
  firstDelayMs: number;
  longestDelayMs: number;
  /** A run this long forgives the crashes before it. */
  stableMs: number;
}

export const usualLimits: RestartLimits = {
  readyMs: 60_000,
  graceMs: 10_000,
  firstDelayMs: 250,
  longestDelayMs: 10_000,
  stableMs: 30_000,
};

/** The pause before the next start: doubles with each crash in a row, up to the longest. */
export function restartDelayMs(
  crashes: number,
  limits: Pick<RestartLimits, 'firstDelayMs' | 'longestDelayMs'>,
): number {
  return Math.min(limits.firstDelayMs * 2 ** Math.max(0, crashes - 1), limits.longestDelayMs);
}
