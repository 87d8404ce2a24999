import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { Pause } from '../src/pause.ts';

/** Pauses that end when a test says so, or when they are aborted. */
export function handPause() {
  const pauses: number[] = [];
  let latest = Promise.withResolvers<void>();
  const pause: Pause = async (milliseconds, signal) => {
    pauses.push(milliseconds);
    latest = Promise.withResolvers<void>();
    if (!signal.aborted) await Promise.race([latest.promise, once(signal, 'abort')]);
  };
  return {
    pause,
    /** How long each pause was to be, in milliseconds. */
    pauses,
    /** Ends the pause of now, and waits for what follows. */
    async end(): Promise<void> {
      latest.resolve();
      await turn();
    },
  };
}
