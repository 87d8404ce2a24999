import { expect, it } from 'vitest';
import { reportTable } from '../src/report.ts';
import { seriesOf } from './series.ts';

it('gives each contestant its median, its spread and its ratio to the first', () => {
  const table = reportTable([seriesOf('plain', [10, 11, 12]), seriesOf('rich', [20, 22, 48])], 'request');
  expect(table.slice(0, 3)).toEqual([
    'CPU per request, µs  median    min..max  ratio    min..max',
    '  plain                11.0  10.0..12.0      1',
    '  rich                 22.0  20.0..48.0   2.00  2.00..4.00',
  ]);
});
