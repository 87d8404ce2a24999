import { expect, it } from 'vitest';
import { pageOf } from '../../src/groupz/page-check.ts';

const page = (names: readonly string[], ageSeconds = 1) =>
  Buffer.from(JSON.stringify({ value: names.map((name) => ({ name })), freshness: { ageSeconds }, errors: [] }));

it('takes the groups that it expects, at any age', () => {
  const check = pageOf(['a', 'b']);
  expect([check(page(['a', 'b'])), check(page(['a', 'b'], 2))]).toEqual([undefined, undefined]);
});

it('takes a page that says nothing about freshness', () => {
  expect(pageOf(['a'])(Buffer.from('{"value":[{"name":"a"}],"total":1}'))).toBeUndefined();
});

it('compares with what was right, not with the buffer that it arrived in', () => {
  const check = pageOf(['a', 'b']);
  const arrived = page(['a', 'b']);
  expect(check(arrived)).toBeUndefined();
  page(['a', 'c']).copy(arrived);
  expect(check(arrived)).toBe('answers with other groups');
});

it.for([
  ['fewer', page(['a'])],
  ['more', page(['a', 'b', 'c'])],
  ['others', page(['a', 'c'])],
  ['another order', page(['b', 'a'])],
  ['no JSON', Buffer.from('oops')],
] as const)('refuses %s, also after a right one', ([, body]) => {
  const check = pageOf(['a', 'b']);
  expect(check(body)).toBe('answers with other groups');
  check(page(['a', 'b']));
  expect(check(body)).toBe('answers with other groups');
});
