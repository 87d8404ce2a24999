import { beforeEach, expect, it } from 'vitest';
import { matches, type UserFilter } from '../../src/user-filter.ts';
import type { Users } from '../../src/users.ts';
import { userAt } from '../user-records.ts';
import { filters } from './filters.ts';
import { generatedFilters } from './generated-filters.ts';
import { oddUsers } from './odd-users.ts';

const order = { by: 'createdAt', descending: false } as const;

export function filteringContract(users: () => Users): void {
  beforeEach(() => Promise.all(oddUsers.map((user) => users().add(user))));

  async function placesOf(filter: UserFilter): Promise<number[]> {
    const found = await users().list({ filter, order, limit: 99 });
    return found.map(({ id }) => oddUsers.findIndex((user) => user.id === id)).toSorted();
  }

  it('finds whom each filter means', async () => {
    for (const [title, filter, places] of filters)
      expect([title, ...(await placesOf(filter))]).toEqual([title, ...places]);
  });

  it('finds the one of two addresses that begin alike for as long as an index can tell', async () => {
    const addressOf = (end: string) => `${'😀'.repeat(500)}${end}`;
    for (const [place, end] of ['a', 'b'].entries())
      await users().add({ ...userAt(90 + place), profile: { emails: [{ value: addressOf(end) }] } });
    const where = { field: { item: ['value'] }, is: 'eq', value: addressOf('B') } as const;
    const found = await users().list({ filter: { some: ['emails'], where }, order, limit: 9 });
    expect(found.map(({ id }) => id)).toEqual([userAt(91).id]);
  });

  it('agrees with `matches` on filters that nobody thought of', async () => {
    for (const filter of generatedFilters(4, 400)) {
      const places = [...oddUsers.keys()].filter((place) => matches(filter, oddUsers[place] ?? expect.fail()));
      expect([JSON.stringify(filter), ...(await placesOf(filter))]).toEqual([JSON.stringify(filter), ...places]);
    }
  });
}
