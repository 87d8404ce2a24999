import { expect, it } from 'vitest';
import { channelPattern } from '../src/channel-pattern.ts';

it.each([
  ['orders', 'orders', true],
  ['orders', 'orders.1', false],
  ['*', '', true],
  ['*', 'a\nb/ü', true],
  ['orders.*', 'orders.', true],
  ['orders.*', 'order', false],
  ['*.eu', 'orders.eu', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['a*bc*c', 'abc', false],
  ['a.c', 'abc', false],
  ['**', 'anything', true],
])('%s and %j: %s', (pattern, name, expected) => {
  expect(channelPattern(['other', pattern])(name)).toBe(expected);
});

it('a pattern that is made to be slow is not', () => {
  expect(channelPattern([`${'*a'.repeat(120)}*b`])('a'.repeat(255))).toBe(false);
});
