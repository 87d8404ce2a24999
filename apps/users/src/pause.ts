import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves when the milliseconds have passed, or as soon as the signal aborts. An argument, so that tests can let an
 * hour pass at once.
 */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Pauses by the clock of the process, which it does not keep alive. */
export const pause: Pause = (milliseconds, signal) =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
