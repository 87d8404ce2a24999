import type { UserRecord } from '../src/user.ts';

export const [now, later] = ['2026-11-23T15:44:20.057Z', '2026-11-24T00:00:00.000Z'];

/** A user with nothing optional but an address; places are the order of ids. */
export function userAt(place: number): UserRecord {
  return {
    id: `01a20914-6052-781f-bb60-${place.toString(16).padStart(12, '0')}`,
    email: `user${String(place).padStart(3, '0')}@example.com`,
    displayName: `User ${place}`,
    status: 'active',
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** So many users, in the order of their ids. */
export function usersFrom(first: number, count: number): UserRecord[] {
  return Array.from({ length: count }, (_, i) => userAt(first + i));
}

/** A user with everything, some of it hostile. */
export const fullUser: UserRecord = {
  ...userAt(7),
  email: 'full@example.com',
  userName: 'full.name@directory.example',
  displayName: `Bobby '); drop table users; -- 😀 \\u0000 "quoted" \\ $1`,
  status: 'suspended',
  externalId: 'null',
  attributes: { a: '1', 'with "quotes"': "it's", toString: '{}', '😀': '' },
  profile: { name: { givenName: 'Bobby' }, emails: [{ type: 'home', value: 'b@c.d' }], 'with.dot': [1.5, true, null] },
  updatedAt: later,
};
