import { expect, it } from 'vitest';
import { fingerprintOf } from '../src/once.ts';

it('is the same for the same value, whatever the order of its members', () => {
  expect(fingerprintOf({ a: 1, b: { c: [1, 2], d: null } })).toBe(fingerprintOf({ b: { d: null, c: [1, 2] }, a: 1 }));
});

it.for([{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, {}, [], null, { A: 1 }, { a: 1, b: 1 }])(
  'tells %j from others',
  (value) => {
    const others = [{ a: 2 }, { a: [2] }, { b: 1 }, [[]], '', 0];
    expect(others.map(fingerprintOf)).not.toContain(fingerprintOf(value));
  },
);
