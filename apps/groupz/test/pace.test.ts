import { expect, it } from 'vitest';
import { SourceFailure } from '../src/group-source.ts';
import { secondsToNextPass } from '../src/pace.ts';
import { failure } from './scripted-source.ts';

const pace = (random: number) => ({ refreshSeconds: 60, random: () => random });

it.each([
  [0, 54],
  [0.5, 60],
  [1, 66],
])('varies the interval by a tenth after a good pass: by chance %d, %d s', (random, seconds) => {
  expect(secondsToNextPass(pace(random), 0)).toBeCloseTo(seconds);
});

it.each([
  [1, 1],
  [2, 2],
  [5, 16],
  [7, 60],
  [5000, 60],
])('after failure %d in a row %d s, never more than the interval', (failures, seconds) => {
  expect(secondsToNextPass(pace(0.5), failures, failure('unavailable'))).toBeCloseTo(seconds);
});

it.each([0, 0.5, 1])('never before Retry-After has passed (chance %d)', (random) => {
  const seconds = secondsToNextPass(pace(random), 1, failure('throttled', 100));
  expect(seconds).toBeGreaterThanOrEqual(100);
  expect(seconds).toBeLessThan(110.1);
});

it.each([
  [1, 10],
  [3, 40],
  [20, 300],
])('longer when throttled without being told until when: failure %d, %d s', (failures, seconds) => {
  expect(secondsToNextPass(pace(0.5), failures, failure('throttled'))).toBeCloseTo(seconds);
});

it('an hour at most, whatever Retry-After says', () => {
  const absurd = new SourceFailure('unavailable', '', { retryAfterSeconds: 1e12 });
  expect(secondsToNextPass(pace(0), 1, absurd)).toBe(3600);
});
