import type { Clock } from './clock.ts';
import { createRetryWindows } from './retry-windows.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** ARM's documented token buckets for reads: per principal and scope, and 15 times that for all principals of a scope. */
const OWN = { depth: 250, perSecond: 25 };
const GLOBAL = { depth: 15 * OWN.depth, perSecond: 15 * OWN.perSecond };

/** An empty bucket has the next read after 40 ms; the header knows whole seconds only. */
const RETRY_AFTER = 1;

interface Reader {
  readonly principal: string;
  /** The subscription; empty for the tenant. */
  readonly scope: string;
}

interface Allowance {
  /** Whole reads left to this principal, and to all. */
  readonly own: number;
  readonly global: number;
  /** Present when the read is refused: the seconds to wait. */
  readonly retryAfter?: number;
}

export interface ReadAllowance {
  /** Requests that came before their Retry-After had passed. */
  readonly early: number;
  take(reader: Reader): Allowance;
  reset(): void;
}

/** Counts reads as ARM does, so that its headers tell the truth and a caller that polls too fast finds out. */
export function createReadAllowance(clock: Clock): ReadAllowance {
  const buckets = new Map<string, TokenBucket>();
  let windows = createRetryWindows(clock);
  const bucket = (key: string, size: typeof OWN): TokenBucket => {
    const found = buckets.get(key) ?? createTokenBucket(size, clock);
    buckets.set(key, found);
    return found;
  };
  return {
    get early() {
      return windows.early;
    },
    take({ principal, scope }) {
      const key = `${principal}/${scope}`;
      const [own, global] = [bucket(key, OWN), bucket(`*/${scope}`, GLOBAL)];
      const early = windows.isEarly(key);
      // A refused read costs nothing, so both are looked at before either is taken from.
      if (!early && own.left() >= 1 && global.left() >= 1) {
        own.spend();
        global.spend();
        return { own: own.left(), global: global.left() };
      }
      if (!early) windows.refuse(key, RETRY_AFTER);
      return { own: early ? 0 : own.left(), global: global.left(), retryAfter: RETRY_AFTER };
    },
    reset() {
      buckets.clear();
      windows = createRetryWindows(clock);
    },
  };
}
