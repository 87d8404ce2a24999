import { expect, it } from 'vitest';
import { firstAfterPrefix } from '../../src/postgres/prefix-range.ts';

it.for([
  ['a', 'b'],
  ['user_', 'user`'],
  ['é', 'ê'],
  ['\u{10FFFF}', undefined],
  ['a\u{10FFFF}\u{10FFFF}', 'b'],
  ['\uD7FF', '\uE000'], // no halves of surrogate pairs, which UTF-8 cannot say
  ['😀', '😁'],
  ['', undefined],
] as const)('after all that begin with %j comes %j', ([prefix, end]) => {
  expect(firstAfterPrefix(prefix)).toBe(end);
});
