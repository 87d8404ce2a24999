import type { Pass, RefreshOptions } from '../src/refresher.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

export const A = '0b1f6471-1bf0-4dda-aec3-111111111111';
export const B = '9d2c5a38-7e64-4f0b-b1a9-222222222222';

/** A minute's pace without jitter on a manual clock, and the passes that were observed. */
export function refreshOptions(): Omit<RefreshOptions, 'source'> & { clock: ManualClock; passes: Pass[] } {
  const passes: Pass[] = [];
  return {
    clock: manualClock(),
    pace: { refreshSeconds: 60, random: () => 0.5 },
    deadlineSeconds: 30,
    observe: (pass) => void passes.push(pass),
    passes,
  };
}
