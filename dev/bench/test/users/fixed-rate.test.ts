import { expect, it } from 'vitest';
import { reportLatencies } from '../../src/users/fixed-rate.ts';

it('shows the latencies of each operation', () => {
  const of = {
    get: { p50: 1, p99: 2 },
    list: { p50: 3, p99: 4 },
    create: { p50: 5, p99: 6 },
    patch: { p50: 7, p99: 80 },
  };
  const lines = reportLatencies([{ name: 'limit', of }]).map((line) => line.replaceAll(/ {2,}/g, ' | '));
  expect(lines).toEqual([
    'milliseconds: | get p50 | p99 | list p50 | p99 | create p50 | p99 | patch p50 | p99',
    ' | limit | 1.00 | 2.00 | 3.00 | 4.00 | 5.00 | 6.00 | 7.00 | 80.0',
  ]);
});
