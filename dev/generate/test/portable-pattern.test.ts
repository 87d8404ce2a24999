import { expect, test } from 'vitest';
import { portablePattern } from '../src/portable-pattern.ts';

test.for([
  ['^[^\\p{Cc}\\p{Cs}\\uFEFF\\p{Zl}]*$', '^[^\\x00-\\x1F\\x7F]*$'],
  ['^[^\\u0000-\\u001f\\u007f-\\u009f]+$', '^[^\\x00-\\x1F\\x7F]+$'],
  ['^[^\\uFEFF"]?[^\\]\\p{Cs}]$', '^[^"]?[^\\]]$'],
  ['^(?=.*\\S)(?=a\\)b)[^\\p{Cc}]*$', '^[^\\x00-\\x1F\\x7F]*$'],
  ['^[^\\p{Cs}]*$', '^[\\s\\S]*$'],
  ['^[a-z]+\\.[^@]$', '^[a-z]+\\.[^@]$'],
])('%s is %s', ([pattern = '', portable]) => {
  expect(portablePattern(pattern)).toEqual({ pattern: portable });
});

test.for(['^\\p{Lu}', '[\\u00e4-\\u00fc]', '[^\\p{L}]', '^[^\\P{Cc}]$', '^(?!a)', '(?<=a)b', '(?=a(b))'])(
  '%s cannot be told to all engines, so nothing is',
  (pattern) => {
    expect(portablePattern(pattern)).toEqual({});
  },
);

test('without the flag for Unicode, ours would refuse most names; the portable one refuses none that ours lets pass', () => {
  const [ours, portable] = ['^[^\\p{Cc}\\p{Cs}\\uFEFF]*$', '^[^\\x00-\\x1F\\x7F]*$'];
  const names = ['Grace Hopper', 'pPCcs{}', 'Žižek', '王小明', '👩‍💻'];
  expect(names.filter((name) => new RegExp(ours).test(name))).toEqual(['Žižek', '王小明', '👩‍💻']);
  expect(names.filter((name) => new RegExp(ours, 'u').test(name))).toEqual(names);
  expect(names.filter((name) => new RegExp(portable).test(name))).toEqual(names);
});
