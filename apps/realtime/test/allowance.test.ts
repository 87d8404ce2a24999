import { expect, it } from 'vitest';
import { Allowance } from '../src/allowance.ts';
import { manualClock } from './manual-clock.ts';

it('allows as much as its capacity at once, and no more', () => {
  const allowance = new Allowance({ clock: manualClock(), capacity: 3, perSecond: 1 });
  expect([allowance.spend(2), allowance.spend(2), allowance.spend(1)]).toEqual([true, false, true]);
});

it('comes back with time, up to its capacity', () => {
  const clock = manualClock();
  const allowance = new Allowance({ clock, capacity: 3, perSecond: 1 });
  allowance.spend(3);
  clock.pass(2000);
  expect([allowance.spend(2), allowance.spend(1)]).toEqual([true, false]);
  clock.pass(60_000);
  expect([allowance.spend(3), allowance.spend(1)]).toEqual([true, false]);
});
