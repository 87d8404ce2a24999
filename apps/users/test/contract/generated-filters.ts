import type { Comparison, FilterValue, UserField, UserFilter } from '../../src/user-filter.ts';

const fields: readonly UserField[] = [
  'id',
  'email',
  'userName',
  'displayName',
  'status',
  'externalId',
  'createdAt',
  'updatedAt',
  { profile: ['title'] },
  { profile: ['age'] },
  { profile: ['active'] },
  { profile: ['name', 'familyName'] },
  { profile: ['emails'] },
  { profile: [] },
];
const items: readonly UserField[] = [{ item: [] }, { item: ['value'] }, { item: ['type'] }, { item: ['primary'] }];
const lists = [['emails'], ['phoneNumbers'], ['tags'], ['title'], ['name', 'emails']];
const comparisons: readonly Comparison[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const values: readonly FilterValue[] = [
  '',
  'a',
  'ADA',
  'ada_',
  '%',
  "'",
  '\\',
  '"',
  '$1',
  'ä',
  'Σ',
  'home',
  'work',
  'active',
  'example.com',
  '5',
  5,
  0,
  -0.5,
  true,
  false,
  '2026-11-24T00:00:00.000Z',
  '2026-11-24',
  'Ext-1',
  '01a20914-6052-781f-bb60-000000000003',
  'true',
];

/** Filters of all kinds within each other; the same ones for the same seed. */
export function generatedFilters(seed: number, count: number): UserFilter[] {
  const pick = picker(seed);

  function filter(depth: number, among: readonly UserField[]): UserFilter {
    const kind = depth === 0 ? 0 : pick([0, 0, 1, 2, 3, 4]);
    const inner = () => filter(depth - 1, among);
    if (kind === 1) return { all: [inner(), inner()] };
    if (kind === 2) return { any: [inner(), inner()] };
    if (kind === 3) return { not: inner() };
    if (kind === 4) return { some: pick(lists), where: filter(depth - 1, [...fields, ...items, ...items, ...items]) };
    if (pick([0, 1, 2, 3]) === 0) return { field: pick(among), is: 'present' };
    return { field: pick(among), is: pick(comparisons), value: pick(values), exactCase: pick([undefined, true]) };
  }

  return Array.from({ length: count }, () => filter(3, fields));
}

/** A linear congruential generator (Numerical Recipes, section 7.1). */
function picker(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as (typeof from)[number];
  };
}
