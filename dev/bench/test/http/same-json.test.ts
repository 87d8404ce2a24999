import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compressedJson } from '../../src/http/compressed-json.ts';
import { sameJson } from '../../src/http/same-json.ts';

const page = { value: [{ name: 'a', location: 'b' }], freshness: { ageSeconds: 1 }, errors: [] };
const bytes = (json: unknown) => Buffer.from(JSON.stringify(json));

it.for([
  ['the same bytes', page],
  ['another order of properties', { errors: [], value: [{ location: 'b', name: 'a' }], freshness: page.freshness }],
  ['another age', { ...page, freshness: { ageSeconds: 2 } }],
] as const)('takes %s', ([, body]) => {
  expect(sameJson(bytes(page))(bytes(body))).toBeUndefined();
});

it.for([
  ['another value', bytes({ ...page, value: [{ name: 'a', location: 'c' }] })],
  ['a missing part', bytes({ ...page, errors: undefined })],
  ['a cut body', bytes(page).subarray(0, -1)],
  ['nothing', Buffer.alloc(0)],
] as const)('refuses %s', ([, body]) => {
  expect(sameJson(bytes(page))(body)).toBe('answers with another body');
});

it('goes on refusing after it took another spelling, whose bytes are overwritten', () => {
  const check = sameJson(bytes(page));
  const arrived = bytes({ ...page, freshness: { ageSeconds: 3 } });
  expect(check(arrived)).toBeUndefined();
  arrived.fill(' ');
  expect(check(arrived)).toBe('answers with another body');
});

it('compares a list as it is', () => {
  expect(sameJson(bytes(['a', 'b']))(bytes(['b', 'a']))).toBe('answers with another body');
});

it.for([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
] as const)('takes the same JSON in %s, twice, and no other', ([coding, compress]) => {
  const check = compressedJson(coding, bytes(page));
  expect([compress(bytes(page)), compress(bytes(page))].map(check)).toEqual([undefined, undefined]);
  expect(check(compress(bytes({ value: [] })))).toBe('answers with another body');
  expect(check(bytes(page))).toBe(`answers that are not in ${coding}`);
});
