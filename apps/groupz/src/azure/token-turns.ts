import type { Clock } from '../clock.ts';

// When nobody has accepted the new token either, it may be the token after all.
const patienceMilliseconds = 300_000;

/**
 * Who may have a new token: everybody once, and again after one was accepted. What refuses every token, as a
 * subscription of another tenant does, would otherwise have everybody's token replaced with each of its readings.
 */
export interface TokenTurns {
  isFree(subject: string): boolean;
  take(subject: string): void;
  /** Azure took the token in a reading of this subject. */
  accepted(subject: string): void;
}

/** Everybody's turn is free. */
export function tokenTurns(clock: Clock): TokenTurns {
  const taken = new Set<string>();
  let unacceptedSince: number | undefined;
  return {
    isFree(subject) {
      const waited = unacceptedSince === undefined ? 0 : clock.now() - unacceptedSince;
      return !taken.has(subject) || waited >= patienceMilliseconds;
    },
    take(subject) {
      taken.add(subject);
      unacceptedSince = clock.now();
    },
    accepted(subject) {
      taken.delete(subject);
      unacceptedSince = undefined;
    },
  };
}
