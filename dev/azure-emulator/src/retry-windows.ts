import type { Clock } from './clock.ts';

/** A client's timer and ours may differ by so many milliseconds. */
const GRACE = 50;

/** Who was told to wait, and until when. A request that comes sooner has to wait the whole time again. */
export interface RetryWindows {
  /** How many requests came too soon. */
  readonly early: number;
  /** Tells the key to wait, in seconds from now. */
  refuse(key: string, seconds: number): void;
  /** Whether the key's wait is not over; if so, it begins anew. */
  isEarly(key: string): boolean;
}

/** Keeps ARM's rule: a request sent before Retry-After has passed is refused and gets a new value. */
export function createRetryWindows(clock: Clock): RetryWindows {
  const windows = new Map<string, { until: number; seconds: number }>();
  let early = 0;
  const refuse = (key: string, seconds: number): void => {
    windows.set(key, { until: clock() + seconds * 1000 - GRACE, seconds });
  };
  return {
    get early() {
      return early;
    },
    refuse,
    isEarly(key) {
      const window = windows.get(key);
      if (window === undefined) return false;
      if (clock() >= window.until) {
        windows.delete(key);
        return false;
      }
      early += 1;
      refuse(key, window.seconds);
      return true;
    },
  };
}
