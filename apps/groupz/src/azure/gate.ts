import type { Clock } from '../clock.ts';
import { SourceFailure } from '../source-failure.ts';

// Longer than any wait that Azure asks for; a proxy's nonsense must not stop the service for a year.
const mostSeconds = 24 * 3600;

/** Lets nothing out before its time, whichever reading it is for. */
export interface Gate {
  /** Throws the failure that closed the gate, with the seconds that are left. */
  check(): void;
  /** Closes the gate for as many seconds as the failure says, a day at most. Returns the failure as it is to be told. */
  close(failure: SourceFailure): SourceFailure;
  open(): void;
}

/** A gate that is open. */
export function gate(clock: Clock): Gate {
  let closed: { failure: SourceFailure; until: number } | undefined;
  return {
    check() {
      const seconds = closed === undefined ? 0 : (closed.until - clock.now()) / 1000;
      if (closed !== undefined && seconds > 0) throw withWait(closed.failure, seconds);
    },
    close(failure) {
      const seconds = Math.min(failure.retryAfterSeconds ?? 0, mostSeconds);
      const until = clock.now() + seconds * 1000;
      // Of two refusals that come in at once the later end counts.
      if (closed === undefined || until >= closed.until) closed = { failure, until };
      return withWait(failure, seconds);
    },
    open() {
      closed = undefined;
    },
  };
}

/** The same failure with another wait. */
export function withWait(
  { reason, message, evidence }: SourceFailure,
  retryAfterSeconds: number,
  why: SourceFailure['reason'] = reason,
): SourceFailure {
  return new SourceFailure(why, message, { evidence, retryAfterSeconds });
}
