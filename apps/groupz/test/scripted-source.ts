import type { Clock } from '../src/clock.ts';
import { type FailureReason, SourceFailure } from '../src/source-failure.ts';

/** What a reading comes to; `hangs`: to nothing, until it is aborted. */
export type Answer<T> = T | SourceFailure | 'hangs';

export interface ScriptedReads<T> {
  read(signal: AbortSignal): Promise<T>;
  /** When each reading began, in seconds of the clock. */
  calls: number[];
  /** How many readings are waiting for an answer now, and were at most. */
  open: number;
  mostOpen: number;
}

/** Readings that come out as a script says; its last answer is repeated. */
export function scriptedReads<T>(clock: Clock, ...script: readonly [Answer<T>, ...Answer<T>[]]): ScriptedReads<T> {
  const reads: ScriptedReads<T> = {
    calls: [],
    open: 0,
    mostOpen: 0,
    async read(signal) {
      const answer = script[Math.min(reads.calls.length, script.length - 1)] as Answer<T>;
      reads.calls.push(clock.now() / 1000);
      reads.open += 1;
      reads.mostOpen = Math.max(reads.mostOpen, reads.open);
      try {
        if (answer === 'hangs') return await aborted(signal);
        if (answer instanceof SourceFailure) throw answer;
        return answer;
      } finally {
        reads.open -= 1;
      }
    },
  };
  return reads;
}

/** A failure for scripts. */
export function failure(reason: FailureReason, retryAfterSeconds?: number): SourceFailure {
  return new SourceFailure(reason, `scripted: ${reason}`, { retryAfterSeconds });
}

/** Rejects when the signal aborts, and not before. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
