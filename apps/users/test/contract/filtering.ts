import { beforeEach, expect, it } from 'vitest';
import { matches, type UserFilter } from '../../src/user-filter.ts';
import type { Users } from '../../src/users.ts';
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

  it('agrees with `matches` on filters that nobody thought of', async () => {
    for (const filter of generatedFilters(4, 400)) {
      const places = [...oddUsers.keys()].filter((place) => matches(filter, oddUsers[place] ?? expect.fail()));
      expect([JSON.stringify(filter), ...(await placesOf(filter))]).toEqual([JSON.stringify(filter), ...places]);
    }
  });
}
