import { expect, it } from 'vitest';
import { Editions } from '../src/editions.ts';
import { groupOf } from './groups.ts';
import { manualClock } from './manual-clock.ts';
import { A, B } from './refresh-options.ts';

const snapshot = (...names: string[]) => ({ groups: names.map((name) => groupOf(name)), asOf: 0, date: new Date(0) });

function editions() {
  const clock = manualClock();
  return { clock, editions: new Editions(clock) };
}

it('has the very same catalog while no groups change, with the newer snapshots', () => {
  const { editions: all } = editions();
  const parts = new Map([[A, snapshot('rg-a')]]);
  const { catalog } = all.of(parts);
  const newer = new Map([...parts].map(([id, part]) => [id, { ...part, asOf: 60_000 }]));
  const edition = all.of(newer);
  expect(edition.catalog).toBe(catalog);
  expect(edition.parts.get(A)?.asOf).toBe(60_000);
});

it('has another catalog when groups change, or subscriptions come or go', () => {
  const { editions: all } = editions();
  const [a, b] = [snapshot('rg-a'), snapshot('rg-b')];
  const worlds = [
    new Map([[A, a]]),
    new Map([[A, snapshot('rg-z')]]),
    new Map([
      [A, a],
      [B, b],
    ]),
    new Map([[B, b]]),
  ];
  const catalogs = worlds.map((parts) => all.of(parts).catalog);
  expect(new Set(catalogs.map(({ id }) => id)).size).toBe(4);
});

it('keeps an edition for a quarter of an hour', async () => {
  const { clock, editions: all } = editions();
  const edition = all.of(new Map([[A, snapshot('rg-a')]]));
  all.keep(edition);
  await clock.advance(899);
  expect(all.find(edition.catalog.id)).toBe(edition);
  await clock.advance(1);
  expect(all.find(edition.catalog.id)).toBeUndefined();
});

it('keeps it for longer when it is kept again', async () => {
  const { clock, editions: all } = editions();
  const edition = all.of(new Map([[A, snapshot('rg-a')]]));
  all.keep(edition);
  await clock.advance(600);
  all.keep(edition);
  await clock.advance(600);
  expect(all.find(edition.catalog.id)).toBe(edition);
});

it('keeps sixteen, and forgets those first that nobody has asked for', () => {
  const { editions: all } = editions();
  const made = Array.from({ length: 17 }, (_, nth) => all.of(new Map([[A, snapshot(`rg-${nth}`)]])));
  for (const edition of made.slice(0, 16)) all.keep(edition);
  for (const nth of [0, 16]) all.keep(made[nth] ?? all.of(new Map()));
  const found = made.map(({ catalog }) => all.find(catalog.id) !== undefined);
  expect(found).toEqual(made.map((_, nth) => nth !== 1));
});
