import { expect, it } from 'vitest';
import { conclude } from '../src/conclusion.ts';
import { seriesOf } from './series.ts';

const clock = { resolutionSeconds: 0.01 };
const plain = seriesOf('plain', [10, 11, 12]);

it('says by how much entrants differ', () => {
  const sentence = conclude([plain, seriesOf('rich', [20, 22, 24]), seriesOf('poor', [5, 5.5, 6])], clock);
  expect(sentence).toBe(
    'Requests per server CPU-second, against plain (10.0..12.0): rich 2.00x (20.0..24.0); poor 0.50x (5.00..6.00).',
  );
});

it('sees no difference where ranges overlap, however far the medians are apart', () => {
  expect(conclude([plain, seriesOf('wild', [11.5, 20, 30])], clock)).toBe(
    'Requests per server CPU-second, against plain (10.0..12.0): wild no difference beyond noise (11.5..30.0).',
  );
});

it('sees no difference between equals', () => {
  expect(conclude([plain, plain], clock)).toContain('plain no difference beyond noise');
});

it('concludes nothing from two rounds', () => {
  const series = [seriesOf('plain', [10, 11]), seriesOf('rich', [20, 22])];
  expect(conclude(series, clock)).toBe('No conclusion: 2 of the 3 rounds that it takes at least.');
});

it('concludes nothing from rounds that the clock cannot tell apart', () => {
  expect(conclude([plain, seriesOf('rich', [20, 22, 24])], { resolutionSeconds: 1 })).toBe(
    'No conclusion: a round took 1.00 s of CPU, read in steps of 1 s; try more --seconds.',
  );
});

it('concludes nothing about one contestant', () => {
  expect(conclude([plain], clock)).toBe('There is nothing to compare.');
});
