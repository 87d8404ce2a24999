import { expect, it } from 'vitest';
import { reportTable } from '../src/report.ts';
import { seriesOf } from './series.ts';

it('gives each entrant its median, its spread and its ratio to the first', () => {
  const table = reportTable([seriesOf('plain', [100, 125, 200]), seriesOf('rich', [50, 50, 50])]);
  expect(table.map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
    'requests per server CPU-second: | median | min..max | ratio | min..max | CPU µs each | p50 ms | p99 ms | rate 1/s | cores busy | RSS MiB',
    ' | plain | 125 | 100..200 | 1 | 8000 | 1.00 | 2.00 | 1000 | 0.50 | 64.0',
    ' | rich | 50.0 | 50.0..50.0 | 0.40 | 0.25..0.50 | 20000 | 1.00 | 2.00 | 1000 | 0.50 | 64.0',
  ]);
});

it('shows the part of a database where there is one', () => {
  const { name, samples } = seriesOf('plain', [100]);
  const table = reportTable([{ name, samples: samples.map((one) => ({ ...one, databaseMicroseconds: 4000 })) }]);
  expect(table.map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
    'requests per CPU-second of server and database: | median | min..max | ratio | min..max | CPU µs each | of it database | p50 ms | p99 ms | rate 1/s | cores busy | RSS MiB',
    ' | plain | 100 | 100..100 | 1 | 10000 | 4000 | 1.00 | 2.00 | 1000 | 0.50 | 64.0',
  ]);
});
