import { expect, it } from 'vitest';
import { readInstant } from '../../src/postgres/instant-text.ts';

it.for([
  ['2026-11-23 15:44:20.057+00', '2026-11-23T15:44:20.057Z'],
  ['2026-11-23 15:44:20+00', '2026-11-23T15:44:20.000Z'],
  ['2026-11-23 15:44:20.05+00', '2026-11-23T15:44:20.050Z'],
  ['2026-11-23 15:44:20.057999+00', '2026-11-23T15:44:20.057Z'],
  ['2026-11-23 21:14:20.5+05:30', '2026-11-23T15:44:20.500Z'],
  ['2026-11-23 10:44:20-05', '2026-11-23T15:44:20.000Z'],
] as const)('%s is %s', ([text, instant]) => {
  expect(readInstant(text)).toBe(instant);
});

it('fails for what Postgres writes in other styles', () => {
  expect(() => readInstant('23.11.2026 15:44:20 CET')).toThrow('Invalid time value');
});
