import pLimit from 'p-limit';
import type { RefreshOptions } from '../src/refresher.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

export const A = '0b1f6471-1bf0-4dda-aec3-111111111111';
export const B = '9d2c5a38-7e64-4f0b-b1a9-222222222222';
export const C = 'aa5d3c1e-6f0b-4d2c-8e7a-333333333333';

/** A minute's pace without jitter on a manual clock, and eight readings at a time. */
export function refreshOptions(): RefreshOptions & { clock: ManualClock } {
  return {
    clock: manualClock(),
    pace: { refreshSeconds: 60, slowestSeconds: 600, random: () => 0.5 },
    deadlineSeconds: 30,
    limit: pLimit(8),
  };
}
