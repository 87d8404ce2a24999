import { expect, it } from 'vitest';
import { quotaResetSeconds, retryAfterSeconds } from '../../src/azure/retry-after.ts';

const now = () => Date.parse('2026-11-23T12:00:00Z');

it.each([
  [{ 'retry-after': '17' }, 17],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': 'Mon, 23 Nov 2026 12:01:30 GMT' }, 90],
  [{ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '2500', 'retry-after': '3' }, 3],
  [{ 'retry-after-ms': '1000', 'x-ms-retry-after-ms': '2500', 'retry-after': '2' }, 2.5],
  [{ 'retry-after': '8.7' }, 9],
  [{ 'retry-after': ' 5 ' }, 5],
  [{ 'x-ms-retry-after-ms': '700' }, 0.7],
  [{ 'retry-after-ms': '-5' }, undefined],
  [{}, undefined],
])('reads %o as %s', (headers: Record<string, string>, seconds) => {
  expect(retryAfterSeconds((name) => headers[name], now)).toBe(seconds);
});

it.each(['soon', '-5', '5, 5', '5;', '1e3', '2026-11-23', 'Nov 23 2027', ''])('takes %j for not said', (value) => {
  expect(retryAfterSeconds((name) => (name === 'retry-after' ? value : undefined), now)).toBe(undefined);
});

it.each([
  ['00:00:05', 5],
  ['01:02:03', 3723],
  ['00:00:00', 0],
  ['5', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the reset of a quota %j as %s', (value, seconds) => {
  expect(quotaResetSeconds((name) => (name === 'x-ms-user-quota-resets-after' ? value : undefined))).toBe(seconds);
});
