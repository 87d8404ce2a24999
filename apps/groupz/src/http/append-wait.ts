import type { ChangeLog } from '../change-log.ts';
import type { Clock } from '../clock.ts';

/** Somebody who watches the log. */
export interface Watch {
  changes: ChangeLog;
  clock: Clock;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
}

/** Resolves with the next append, after that time, or when the log closes or the client has gone; leaves nothing behind. */
export async function appendedWithin(milliseconds: number, { changes, clock, signal }: Watch): Promise<void> {
  const turn = new AbortController();
  const end = () => turn.abort();
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  try {
    await Promise.race([changes.appended(turn.signal), clock.sleep(milliseconds, turn.signal)]);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
