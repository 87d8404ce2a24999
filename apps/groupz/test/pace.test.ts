import { expect, it } from 'vitest';
import { secondsToNextPass } from '../src/pace.ts';
import { failure } from './scripted-source.ts';

const pace = (random: number) => ({ refreshSeconds: 60, slowestSeconds: 600, random: () => random });

it.each([
  [0, 54],
  [0.5, 60],
  [1, 66],
])('varies the interval by a tenth after a good reading: by chance %d, %d s', (random, seconds) => {
  expect(secondsToNextPass(pace(random), { failures: 0 })).toBeCloseTo(seconds);
});

it.each([
  [1, 60],
  [0.2, 60],
  [0.1, 330],
  [0, 600],
])('goes slower while little is left of the allowance: %d of it, %d s', (allowanceLeft, seconds) => {
  expect(secondsToNextPass(pace(0.5), { failures: 0, allowanceLeft })).toBeCloseTo(seconds);
});

it('goes no slower than it may, so that what it read is not too old before it reads again', () => {
  const close = { ...pace(0.5), slowestSeconds: 90 };
  expect(secondsToNextPass(close, { failures: 0, allowanceLeft: 0 })).toBeCloseTo(90);
  expect(secondsToNextPass({ ...close, slowestSeconds: 30 }, { failures: 0, allowanceLeft: 0 })).toBeCloseTo(60);
});

it.each([
  [1, 1],
  [2, 2],
  [5, 16],
  [7, 60],
  [5000, 60],
])('after failure %d in a row %d s, never more than the interval', (failures, seconds) => {
  expect(secondsToNextPass(pace(0.5), { failures, failure: failure('unavailable') })).toBeCloseTo(seconds);
});

it.each([0, 0.5, 1])('never before Retry-After has passed (chance %d)', (random) => {
  const seconds = secondsToNextPass(pace(random), { failures: 1, failure: failure('throttled', 100) });
  expect(seconds).toBeGreaterThanOrEqual(100);
  expect(seconds).toBeLessThan(110.1);
});

it('backs off further than Retry-After when it says too little', () => {
  const seconds = secondsToNextPass(pace(0.5), { failures: 6, failure: failure('throttled', 1) });
  expect(seconds).toBeCloseTo(32);
});

it.each([
  [1, 10],
  [3, 40],
  [20, 300],
])('longer when throttled without being told until when: failure %d, %d s', (failures, seconds) => {
  expect(secondsToNextPass(pace(0.5), { failures, failure: failure('throttled') })).toBeCloseTo(seconds);
});

it.each([1, 50])('soon while a federated credential spreads, however often: failure %d', (failures) => {
  expect(secondsToNextPass(pace(0), { failures, failure: failure('federation-pending', 3) })).toBe(3);
});

it('a day at most, whatever Retry-After says', () => {
  expect(secondsToNextPass(pace(0), { failures: 1, failure: failure('unavailable', 1e12) })).toBe(86_400);
});
