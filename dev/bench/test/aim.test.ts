import { expect, it } from 'vitest';
import { judge } from '../src/aim.ts';
import { seriesOf } from './series.ts';

const series = [seriesOf('limit', [1000, 1000, 2000]), seriesOf('service', [850, 950, 1700])];

it('is met by the median of the rounds', () => {
  expect(judge({ entrant: 'service', atLeast: 0.85, of: 'limit' }, series)).toBe(
    'Aim: service at least 0.85 of limit: met, 0.85 (0.85..0.95).',
  );
});

it('is missed, and by how much', () => {
  expect(judge({ entrant: 'service', atLeast: 0.9, of: 'limit' }, series)).toBe(
    'Aim: service at least 0.90 of limit: missed, 0.85 (0.85..0.95).',
  );
});

it.for([
  [1053, 'met, 1053 (588..1176).'],
  [1052, 'missed, 1053 (588..1176).'],
] as const)('compares the CPU of a request with %d µs', ([belowMicroseconds, verdict]) => {
  expect(judge({ entrant: 'service', belowMicroseconds }, series)).toBe(
    `Aim: service below ${belowMicroseconds} µs of CPU per request: ${verdict}`,
  );
});

it.for([
  ['nobody', 'limit'],
  ['service', 'nobody'],
] as const)('says so when %s or %s was not measured', ([entrant, of]) => {
  expect(judge({ entrant, atLeast: 1, of }, series)).toBe(`Aim: ${entrant} at least 1.00 of ${of}: not measured.`);
});
