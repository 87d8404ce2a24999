import type { Json, UserRecord } from '../../src/user.ts';
import { userAt } from '../user-records.ts';

const phones: Json = [
  { type: 'work', value: '+1 555', primary: true },
  { type: 'home', value: '' },
  'none', // what a careless directory sends
];

/** Users whose values are missing, empty, of other types, or mean something to SQL. Their places are their indexes. */
export const oddUsers: readonly UserRecord[] = [
  { email: 'ada@example.com', displayName: 'Ada Lovelace', externalId: 'Ext-1' },
  { email: 'ada_l@example.com', displayName: 'ÄRGER Straße', status: 'suspended' as const, externalId: 'ext-1' },
  { email: 'adaXl@example.com'.toLowerCase(), displayName: '  spaced\u3000', profile: { title: 'Dr.', age: 5 } },
  { userName: 'o\'brien"\\', displayName: `O'Brien" \\ 100% $1 --`, profile: { title: '', age: -0.5, name: {} } },
  { email: '50%@example.com', displayName: 'a\u{10FFFF}b', profile: { title: null, age: 12, active: true, tags: [] } },
  {
    email: 'z@example.com',
    userName: 'ΣΊΣΥΦΟΣ'.toLowerCase(),
    displayName: 'ΣΊΣΥΦΟΣ 😀',
    profile: { phoneNumbers: phones },
  },
  {
    email: 'main@example.com',
    displayName: 'ada',
    createdAt: '2026-11-24T00:00:00.000Z',
    profile: {
      title: 'ÄRZTIN',
      active: false,
      age: '5',
      name: { familyName: 'Łącki', 'with.dot': { deep: 'Yes' } },
      mainEmail: { type: 'other', value: 'overruled' },
      emails: [{ value: 'Second@Example.com', type: 'home' }, { value: 'third@example.com' }],
      tags: ['red', 'Green', 3, true, null],
    },
  },
  { displayName: 'İstanbul', profile: { emails: [{ value: 'only@example.com', type: 'home' }] } },
].map((user, place) => {
  const { email: _, ...rest } = userAt(place);
  return { ...rest, ...user };
});
