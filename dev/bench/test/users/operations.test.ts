import { expect, it } from 'vitest';
import { listAfter, operationsOn } from '../../src/users/operations.ts';
import { userAt } from '../../src/users/rows.ts';

const rows = 100_000;
const { get, list, create, patch } = operationsOn(rows);
const bytes = (json: unknown) => Buffer.from(JSON.stringify(json));
const known = ({ path }: { path: string }) =>
  Array.from({ length: rows }, (_, n) => n).find((n) => path === `/users/${userAt(n).id}`) ?? -1;

it('asks for every user of the first half, and changes every user of the second', () => {
  const nths = Array.from({ length: rows / 2 }, (_, nth) => nth);
  expect(new Set(nths.map((nth) => get(nth).path)).size).toBe(rows / 2);
  expect(new Set(nths.map((nth) => patch(nth).path)).size).toBe(rows / 2);
  expect([known(get(1)) < rows / 2, known(patch(1)) >= rows / 2]).toEqual([true, true]);
});

it('takes a user in any order of properties, with more of them', () => {
  const { id, ...rest } = userAt(known(get(7)));
  expect(get(7).faultOf(bytes({ version: 1, ...rest, id }))).toBeUndefined();
});

it.for(['id', 'email', 'displayName', 'status', 'createdAt', 'updatedAt'])('refuses a user with another %s', (name) => {
  const user = { ...userAt(known(get(7))), [name]: 'other' };
  expect(get(7).faultOf(bytes(user))).toBe('answers with another user');
});

it('takes a page with the users that it expects, again and again', () => {
  const page = bytes({ value: Array.from({ length: 50 }, (_, n) => userAt(100 + n)), nextPageToken: 't' });
  const { path, faultOf } = listAfter('a b', 100);
  expect([path, faultOf(page), faultOf(page)]).toEqual(['/users?pageSize=50&pageToken=a%20b', undefined, undefined]);
});

it.for([
  ['no JSON', Buffer.from('oops'), 'answers with a page of another length'],
  ['too few', bytes({ value: [userAt(0)] }), 'answers with a page of another length'],
  ['others', bytes({ value: Array.from({ length: 50 }, (_, n) => userAt(n + 1)) }), 'answers with other users'],
] as const)('refuses a page with %s', ([, body, fault]) => {
  expect(list(0).faultOf(body)).toBe(fault);
});

it('takes a new user with what was sent, and refuses another', () => {
  const { json, faultOf } = create(5);
  const user = { ...userAt(1), ...(json as object) };
  expect(faultOf(bytes(user))).toBeUndefined();
  expect(faultOf(bytes({ ...user, email: 'x@example.com' }))).toBe('creates another user');
});

it('takes a change that was made later, and refuses another', () => {
  const { json, faultOf } = patch(5);
  const user = { ...userAt(known(patch(5))), ...(json as object) };
  expect(faultOf(bytes({ ...user, updatedAt: '2026-11-01T00:00:00.000Z' }))).toBeUndefined();
  expect(faultOf(bytes(user))).toBe('does not tell when it was changed');
  expect(faultOf(bytes({ ...user, displayName: 'x' }))).toBe('answers with other changes');
});
