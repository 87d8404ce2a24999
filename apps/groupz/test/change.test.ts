import { expect, it } from 'vitest';
import { changesBetween, keepUnchanged } from '../src/change.ts';
import { group } from './change-examples.ts';

const at = '2026-01-01T00:00:00.000Z';

it('tells nothing of equal readings, in whichever order and with tags in whichever order', () => {
  const before = [group('rg-a', { tags: { env: 'prod', team: 'sea' } }), group('rg-b')];
  const after = [group('rg-b'), group('rg-a', { tags: { team: 'sea', env: 'prod' } })];
  expect(changesBetween(before, after, at)).toEqual([]);
});

it('tells of all groups as added where there was nothing before', () => {
  const added = (name: string) => ({ type: 'added', at, group: group(name) });
  expect(changesBetween([], [group('rg-b'), group('rg-a')], at)).toEqual([added('rg-a'), added('rg-b')]);
});

it('tells of a group that is gone, as it was last', () => {
  const last = group('rg-a', { provisioningState: 'Deleting' });
  expect(changesBetween([last, group('rg-b')], [group('rg-b')], at)).toEqual([{ type: 'removed', at, group: last }]);
});

it.each([
  ['location', { location: 'northeurope' }, { location: 'westeurope' }],
  ['provisioningState', { provisioningState: 'Deleting' }, { provisioningState: 'Succeeded' }],
  ['managedBy', { managedBy: '/subscriptions/x' }, { managedBy: null }],
  ['a new tag', { tags: { a: '1', b: '2' } }, { tags: { a: '1' } }],
  ['a tag less', { tags: {} }, { tags: { a: '1' } }],
  ['a tag of another value', { tags: { a: '2' } }, { tags: { a: '1' } }],
  ['a tag of another name', { tags: { b: '1' } }, { tags: { a: '1' } }],
  ['a tag named like what every object has', { tags: { toString: '1' } }, { tags: { a: '1' } }],
])('tells of %s: the field, the group now and the field before', (_what, fields, previous) => {
  const before = group('rg-a', { tags: { a: '1' } });
  const after = { ...before, ...fields };
  expect(changesBetween([before], [after], at)).toEqual([
    { type: 'changed', at, group: after, fields: Object.keys(fields), previous },
  ]);
});

it('takes the end of a managed group for a change', () => {
  const [change] = changesBetween([group('rg-a', { managedBy: '/x' })], [group('rg-a')], at);
  expect(change).toMatchObject({ fields: ['managedBy'], previous: { managedBy: '/x' } });
});

it('tells of several fields at once, in the order of the contract', () => {
  const after = group('rg-a', { tags: { a: '1' }, location: 'northeurope' });
  expect(changesBetween([group('rg-a')], [after], at)).toMatchObject([
    { fields: ['location', 'tags'], previous: { location: 'westeurope', tags: {} } },
  ]);
});

it('takes a group in another casing for the same one, whose id and name have changed', () => {
  const [before, after] = [group('rg-a'), group('RG-A')];
  expect(changesBetween([before], [after], at)).toEqual([
    { type: 'changed', at, group: after, fields: ['id', 'name'], previous: { id: before.id, name: 'rg-a' } },
  ]);
});

it('orders changes of all kinds by id without regard to case', () => {
  const before = [group('rg-c'), group('RG-D'), group('rg-a')];
  const after = [group('RG-B'), group('rg-d', { location: 'northeurope' }), group('rg-a')];
  const order = changesBetween(before, after, at).map(({ type, group: { name } }) => `${type} ${name}`);
  expect(order).toEqual(['added RG-B', 'removed rg-c', 'changed rg-d']);
});

it('keeps the very objects of groups that are as they were, and takes the others', () => {
  const [same, other] = [group('rg-a'), group('rg-b')];
  const after = [group('rg-a'), group('rg-b', { location: 'uksouth' }), group('rg-c')];
  const kept = keepUnchanged([same, other], after);
  expect(kept).toEqual(after);
  expect(kept[0]).toBe(same);
  expect(kept[1]).not.toBe(other);
});
