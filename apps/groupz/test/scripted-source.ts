import type { Clock } from '../src/clock.ts';
import { type FailureReason, type GroupSource, SourceFailure } from '../src/group-source.ts';

type Answer = readonly string[] | SourceFailure | 'hangs';

interface ScriptedSource extends GroupSource {
  /** When each call came, in seconds of the clock. */
  calls: number[];
  /** How many calls are waiting for an answer now, and were at most. */
  open: number;
  mostOpen: number;
}

/** A source that answers by a script; the last answer is repeated. */
export function scriptedSource(clock: Clock, ...script: [Answer, ...Answer[]]): ScriptedSource {
  const source: ScriptedSource = {
    calls: [],
    open: 0,
    mostOpen: 0,
    async list(_subscriptionId, signal) {
      const answer = script[Math.min(source.calls.length, script.length - 1)] as Answer;
      source.calls.push(clock.now() / 1000);
      source.open += 1;
      source.mostOpen = Math.max(source.mostOpen, source.open);
      try {
        if (answer === 'hangs') await aborted(signal);
        if (answer instanceof SourceFailure) throw answer;
        return (answer as readonly string[]).map((name) => ({ name }));
      } finally {
        source.open -= 1;
      }
    },
  };
  return source;
}

/** A failure for scripts. */
export function failure(reason: FailureReason, retryAfterSeconds?: number): SourceFailure {
  return new SourceFailure(reason, `scripted: ${reason}`, { retryAfterSeconds });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
