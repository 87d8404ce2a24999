import { expect, it } from 'vitest';
import { figure, overlap, ratios, summarize } from '../src/statistics.ts';

it('takes the middle of an odd number of values, in any order', () => {
  expect(summarize([30, 10, 200])).toEqual({ median: 30, min: 10, max: 200 });
});

it('takes the mean of the two middle values of an even number', () => {
  expect(summarize([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
});

it('takes a single value for everything', () => {
  expect(summarize([7])).toEqual({ median: 7, min: 7, max: 7 });
});

it('sorts numbers as numbers and leaves its input alone', () => {
  const values = [100, 9, 20];
  expect(summarize(values).median).toBe(20);
  expect(values).toEqual([100, 9, 20]);
});

it('compares round by round, so that a slow round of both is no difference', () => {
  expect(ratios([20, 40, 200], [10, 20, 100])).toEqual({ median: 2, min: 2, max: 2 });
});

it('sees ranges that touch as overlapping', () => {
  expect(overlap({ median: 1, min: 1, max: 2 }, { median: 3, min: 2, max: 4 })).toBe(true);
  expect(overlap({ median: 3, min: 2.1, max: 4 }, { median: 1, min: 1, max: 2 })).toBe(false);
});

it.for([
  [1234.5, '1235'],
  [12.345, '12.3'],
  [1.2345, '1.23'],
  [0, '0.00'],
  [Number.NaN, '-'],
] as const)('writes %d as %s', ([value, text]) => {
  expect(figure(value)).toBe(text);
});
