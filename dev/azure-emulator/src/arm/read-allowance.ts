import type { Clock } from '../clock.ts';

/** ARM's documented token bucket for reads: per principal and subscription, 250 deep, 25 more every second. */
const DEPTH = 250;
const REFILL_PER_SECOND = 25;

export interface ReadAllowance {
  /** Takes one read; the whole reads left, or undefined when there was none to take. */
  take(bucket: string): number | undefined;
}

/** Counts reads as ARM does, so that its header tells the truth and a caller that polls too fast finds out. */
export function createReadAllowance(clock: Clock): ReadAllowance {
  const buckets = new Map<string, { level: number; at: number }>();
  return {
    take(bucket) {
      const now = clock();
      const { level, at } = buckets.get(bucket) ?? { level: DEPTH, at: now };
      const filled = Math.min(DEPTH, level + ((now - at) / 1000) * REFILL_PER_SECOND);
      const left = filled >= 1 ? filled - 1 : undefined;
      buckets.set(bucket, { level: left ?? filled, at: now });
      return left === undefined ? undefined : Math.floor(left);
    },
  };
}
