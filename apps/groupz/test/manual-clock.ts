import type { Clock } from '../src/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass, waking sleepers in their order, and gives the work that follows its turn. */
  advance(seconds: number): Promise<void>;
  /** How many sleeps have not ended yet. */
  sleeping(): number;
}

/** A clock that stands still until it is told to go on. */
export function manualClock(): ManualClock {
  let now = 0;
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const wakeNext = (until: number) => {
    const [next] = [...sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    if (next === undefined) return false;
    now = next.at;
    next.wake();
    return true;
  };
  return {
    now: () => now,
    date: () => new Date(Date.UTC(2026, 0, 1) + now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          resolve();
        };
        const sleeper = { at: now + milliseconds, wake };
        sleepers.add(sleeper);
        signal.addEventListener('abort', wake, { once: true });
      }),
    sleeping: () => sleepers.size,
    async advance(seconds) {
      const until = now + seconds * 1000;
      do await otherWork();
      while (wakeNext(until));
      now = until;
    },
  };
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
