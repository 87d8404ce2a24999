import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@seaworthy/chassis/log';
import { Problem } from '@seaworthy/chassis/problem';
import { isOutage } from './postgres-errors.ts';

interface Reaching {
  /** Its name in messages. */
  server: string;
  check: () => Promise<void>;
  log: Log;
  /** How long to go on trying. */
  patienceMilliseconds?: number;
  pauseMilliseconds?: number;
}

/**
 * Waits until a server answers that may be starting at the same time as we are.
 * @throws Error with a message for the operator, when it was not available for too long or says more than "not now"
 */
export async function untilReachable(reaching: Reaching): Promise<void> {
  const { server, check, log, patienceMilliseconds = 20_000, pauseMilliseconds = 1000 } = reaching;
  const deadline = Date.now() + patienceMilliseconds;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      const reason = reasonOf(error);
      if (!isOutage(error) && !isUnavailable(error))
        throw new Error(`${server} refuses us: ${reason}`, { cause: error });
      if (Date.now() + pauseMilliseconds > deadline)
        throw new Error(`${server} is not available after ${patienceMilliseconds / 1000} s: ${reason}`, {
          cause: error,
        });
      log.warn({ server, attempt, reason }, 'Postgres is not available yet');
      await sleep(pauseMilliseconds);
    }
  }
}

/** There is no token to get in with, for now. */
function isUnavailable(error: unknown): boolean {
  return error instanceof Problem && error.kind === 'unavailable';
}

/** The error of a name with several addresses has no message of its own, only a code; a Problem's is for callers. */
function reasonOf(error: unknown): string {
  const { message, code } = (error instanceof Problem ? error.cause : error) as NodeJS.ErrnoException;
  return message || code || String(error);
}
