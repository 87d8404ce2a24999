import { expect, it } from 'vitest';
import { createReadAllowance } from '../../src/arm/read-allowance.ts';

it('gives 250 reads at once, then none', () => {
  const allowance = createReadAllowance(() => 0);
  const left = Array.from({ length: 251 }, () => allowance.take('caller/subscription'));
  expect([left[0], left[249], left[250]]).toEqual([249, 0, undefined]);
});

it('gives 25 more a second, and never more than 250', () => {
  let now = 0;
  const allowance = createReadAllowance(() => now);
  for (let count = 0; count < 250; count += 1) allowance.take('caller/subscription');
  now += 1000;
  expect(allowance.take('caller/subscription')).toBe(24);
  now += 3_600_000;
  expect(allowance.take('caller/subscription')).toBe(249);
});

it('counts each caller and subscription for itself', () => {
  const allowance = createReadAllowance(() => 0);
  allowance.take('one');
  expect(allowance.take('two')).toBe(249);
});
