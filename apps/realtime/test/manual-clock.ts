import type { Clock } from '../src/clock.ts';

interface Timer {
  due: number;
  every: number | undefined;
  run: () => void;
}

/** Time that passes only when a test says so. */
export interface ManualClock extends Clock {
  pass(milliseconds: number): void;
}

export function manualClock(): ManualClock {
  let now = 0;
  const timers = new Set<Timer>();
  const add = (timer: Timer) => {
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  return {
    now: () => now,
    after: (milliseconds, run) => add({ due: now + milliseconds, every: undefined, run }),
    every: (milliseconds, run) => add({ due: now + milliseconds, every: milliseconds, run }),
    pass(milliseconds) {
      const end = now + milliseconds;
      for (let next = earliest(timers); next && next.due <= end; next = earliest(timers)) {
        now = next.due;
        if (next.every === undefined) timers.delete(next);
        else next.due += next.every;
        next.run();
      }
      now = end;
    },
  };
}

function earliest(timers: Set<Timer>): Timer | undefined {
  return [...timers].sort((a, b) => a.due - b.due)[0];
}
