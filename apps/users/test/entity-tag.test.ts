import { expect, it } from 'vitest';
import { matchedVersions, namesVersion, requireVersion } from '../src/entity-tag.ts';

it.for([
  [undefined, undefined],
  ['*', 'any'],
  [' * ', 'any'],
  ['"3"', [3]],
  ['"3", "4"', [3, 4]],
  ['W/"3"', []],
  ['3', []],
  ['"03"', []],
  ['"3" x', []],
  ['"1e1"', []],
] as const)('If-Match %s means %j', ([header, versions]) => {
  expect(matchedVersions(header)).toEqual(versions);
});

it('takes weak tags by weak comparison', () => {
  expect(matchedVersions('W/"3", "4"', 'weak')).toEqual([3, 4]);
  expect(namesVersion('W/"3"', 3)).toBe(true);
});

it('refuses a version that is none of those', () => {
  expect(() => requireVersion([1, 3], 2)).toThrow('If-Match');
  expect(() => requireVersion([], 2)).toThrow('If-Match');
  for (const versions of [undefined, 'any', [2]] as const) requireVersion(versions, 2);
});
