import type { Clock } from './clock.ts';

interface BucketSize {
  readonly depth: number;
  readonly perSecond: number;
}

export interface TokenBucket {
  /** The whole tokens there are now. */
  left(): number;
  /** Takes one token, of which there is one. */
  spend(): void;
}

/** A bucket that is full at first and refills steadily. */
export function createTokenBucket({ depth, perSecond }: BucketSize, clock: Clock): TokenBucket {
  let level = depth;
  let at = clock();
  const refill = (): number => {
    const now = clock();
    level = Math.min(depth, level + ((now - at) / 1000) * perSecond);
    at = now;
    return level;
  };
  return {
    left: () => Math.floor(refill()),
    spend() {
      level = refill() - 1;
    },
  };
}
