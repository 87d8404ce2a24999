import { setTimeout as sleep } from 'node:timers/promises';
import { asking, isPassing } from './postgres-errors.ts';

/** How long to go on asking: a restart of Postgres takes about two seconds, and callers wait no longer than this. */
export const patienceMilliseconds = 5000;

const pauses = { first: 50, longest: 800 };

/**
 * Asks Postgres as `asking` does, and again while the fault is one that passes. What is asked must be safe to repeat:
 * the first time may have succeeded although its answer was lost. `ask` is told how many times it was asked before.
 */
export function askingAgain<T>(ask: (before: number) => Promise<T>, patience = patienceMilliseconds): Promise<T> {
  const deadline = performance.now() + patience;

  async function attempt(before: number): Promise<T> {
    try {
      return await ask(before);
    } catch (error) {
      // Jittered, as all that were cut off together would otherwise come back together.
      const pause = Math.min(pauses.first * 2 ** before, pauses.longest) * (0.5 + Math.random());
      if (!isPassing(error) || performance.now() + pause > deadline) throw error;
      await sleep(pause);
      return attempt(before + 1);
    }
  }

  return asking(() => attempt(0));
}
