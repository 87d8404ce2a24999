import type { Clock } from './clock.ts';

/** Resource Graph's documented quota: 15 queries in every window of five seconds, for each principal. */
const QUERIES = 15;
const WINDOW_SECONDS = 5;

interface QuotaTaken {
  /** Queries left in the window, or undefined when there was none to take. */
  readonly left: number | undefined;
  /** Whole seconds until the quota is full again. */
  readonly resetsAfter: number;
}

export interface QueryQuota {
  /** Queries that came although one had been refused in the same window. */
  readonly early: number;
  take(principal: string): QuotaTaken;
  reset(): void;
}

/** Counts queries as Resource Graph does: a window begins with the first query after the last one ended. */
export function createQueryQuota(clock: Clock): QueryQuota {
  const windows = new Map<string, { endsAt: number; asked: number }>();
  let early = 0;
  return {
    get early() {
      return early;
    },
    take(principal) {
      const now = clock();
      const open = windows.get(principal);
      const fresh = open === undefined || now >= open.endsAt;
      const window = fresh ? { endsAt: now + WINDOW_SECONDS * 1000, asked: 0 } : open;
      windows.set(principal, window);
      window.asked += 1;
      if (window.asked > QUERIES + 1) early += 1;
      const left = window.asked > QUERIES ? undefined : QUERIES - window.asked;
      return { left, resetsAfter: Math.ceil((window.endsAt - now) / 1000) };
    },
    reset() {
      windows.clear();
      early = 0;
    },
  };
}
