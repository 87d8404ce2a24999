import { expect, it } from 'vitest';
import { Holdings } from '../src/holdings.ts';
import { groupOf } from './groups.ts';
import { A, B, C } from './refresh-options.ts';
import { failure } from './scripted-source.ts';

const named = (subscriptionId: string, displayName: string | null = null) => ({
  subscriptionId,
  displayName,
  state: null,
});
const snapshot = (asOf: number) => ({ groups: [groupOf('rg-a')], asOf, date: new Date(asOf) });

function holding(...ids: string[]): Holdings {
  const holdings = new Holdings();
  holdings.keep(ids.map((id) => named(id)));
  return holdings;
}

it('knows subscriptions in the order of their ids, and nothing else of them at first', () => {
  expect(holding(C, A, B).all()).toEqual([A, B, C].map((id) => ({ subscription: named(id) })));
});

it('keeps what it knows when the subscriptions are listed again, under their new names', () => {
  const holdings = holding(A, B);
  holdings.load(A, { snapshot: snapshot(0), changed: true, nextReadingAt: 60_000 });
  const gone = holdings.keep([named(A, 'Production'), named(C)]);
  expect(gone).toEqual([{ subscription: named(B) }]);
  expect(holdings.get(A)).toMatchObject({ subscription: { displayName: 'Production' }, snapshot: { asOf: 0 } });
});

it('keeps the snapshot and notes the failure until a good reading', () => {
  const holdings = holding(A);
  holdings.load(A, { snapshot: snapshot(0), changed: true, nextReadingAt: 60_000 });
  holdings.fail(A, failure('throttled'), 90_000);
  expect(holdings.get(A)).toMatchObject({
    snapshot: { asOf: 0 },
    failure: { reason: 'throttled' },
    nextReadingAt: 90_000,
  });
  holdings.load(A, { snapshot: snapshot(90_000), changed: false, nextReadingAt: 150_000 });
  expect(holdings.get(A)).toMatchObject({ snapshot: { asOf: 90_000 }, nextReadingAt: 150_000 });
  expect(holdings.get(A)).not.toHaveProperty('failure');
});

it('keeps the array of groups unless it has changed', () => {
  const holdings = holding(A);
  const [first, second, third] = [snapshot(0), snapshot(1), snapshot(2)];
  holdings.load(A, { snapshot: first, changed: false, nextReadingAt: 0 });
  holdings.load(A, { snapshot: second, changed: false, nextReadingAt: 0 });
  expect(holdings.get(A)?.snapshot?.groups).toBe(first.groups);
  holdings.load(A, { snapshot: third, changed: true, nextReadingAt: 0 });
  expect(holdings.get(A)?.snapshot?.groups).toBe(third.groups);
});
