import { Problem } from '@seaworthy/chassis/problem';
import type { User } from '@seaworthy/contracts/users';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Users } from '../src/users.ts';

interface Store {
  users: Users;
  clear(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** What every adapter of `Users` promises. */
export function usersContract(open: () => Promise<Store>): void {
  describe('as Users', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    beforeEach(() => store.clear());
    afterAll(() => store?.close());

    it('finds a user as it was added', async () => {
      await store.users.add(full);
      expect(await store.users.find(full.id)).toEqual(full);
    });

    it('finds a user without anything optional as it was added', async () => {
      await store.users.add(userAt(1));
      expect(await store.users.find(userAt(1).id)).toStrictEqual(userAt(1));
    });

    it('keeps attributes that are empty apart from none', async () => {
      await store.users.add({ ...full, attributes: {} });
      expect(await store.users.find(full.id)).toEqual({ ...full, attributes: {} });
    });

    it('finds nobody for an unknown id', async () => {
      expect(await store.users.find(full.id)).toBeUndefined();
    });

    it('refuses an address that another user has, and keeps the first', async () => {
      await store.users.add(full);
      await expect(store.users.add({ ...userAt(1), email: full.email })).rejects.toMatchObject(conflict);
      expect(await store.users.list({}, 9)).toEqual([full]);
    });

    it('lets one of many take an address that all want at once', async () => {
      const added = await Promise.allSettled(ten.map((user) => store.users.add({ ...user, email: 'one@b.c' })));
      expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.users.list({}, 20)).toHaveLength(1);
    });

    it('lists in the order of ids, whatever the order of arrival', async () => {
      for (const user of ten.toReversed()) await store.users.add(user);
      expect(await store.users.list({}, 20)).toEqual(ten);
    });

    it('lists no more than the limit, after the one given', async () => {
      for (const user of ten) await store.users.add(user);
      expect(await store.users.list({ after: userAt(3).id }, 2)).toEqual([userAt(4), userAt(5)]);
      expect(await store.users.list({ after: userAt(9).id }, 2)).toEqual([]);
    });

    it('lists by address, exactly', async () => {
      for (const user of ten) await store.users.add(user);
      expect(await store.users.list({ email: userAt(2).email }, 9)).toEqual([userAt(2)]);
      expect(await store.users.list({ email: '%' }, 9)).toEqual([]);
    });

    it('lists by status, together with the rest', async () => {
      await store.users.add({ ...userAt(1), status: 'suspended' });
      await store.users.add(userAt(2));
      expect(await store.users.list({ status: 'active' }, 9)).toEqual([userAt(2)]);
      expect(await store.users.list({ status: 'active', after: userAt(2).id }, 9)).toEqual([]);
    });

    it('changes a user, and answers it', async () => {
      await store.users.add(full);
      const { attributes: _, externalId: __, ...changed } = { ...full, displayName: 'Ada', updatedAt: later };
      expect(await store.users.change(full.id, () => changed)).toEqual(changed);
      expect(await store.users.find(full.id)).toStrictEqual(changed);
    });

    it('changes nobody for an unknown id', async () => {
      expect(await store.users.change(full.id, (user) => user)).toBeUndefined();
      expect(await store.users.list({}, 9)).toEqual([]);
    });

    it('changes nothing when the change throws', async () => {
      await store.users.add(full);
      const refusal = new Problem('invalid', 'no');
      const change = () => {
        throw refusal;
      };
      await expect(store.users.change(full.id, change)).rejects.toBe(refusal);
      expect(await store.users.find(full.id)).toEqual(full);
    });

    it('refuses to change to an address that another user has', async () => {
      await store.users.add(full);
      await store.users.add(userAt(1));
      const change = (user: User) => ({ ...user, email: full.email });
      await expect(store.users.change(userAt(1).id, change)).rejects.toMatchObject(conflict);
      expect(await store.users.find(userAt(1).id)).toEqual(userAt(1));
    });

    it('loses none of the changes that are made at once', async () => {
      await store.users.add({ ...full, attributes: {} });
      const names = Array.from({ length: 50 }, (_, i) => `attribute ${i}`);
      const note = (name: string) => (user: User) => ({ ...user, attributes: { ...user.attributes, [name]: '' } });
      await Promise.all(names.map(() => store.users.find(full.id))); // so that all connections are open
      await Promise.all(names.map((name) => store.users.change(full.id, note(name))));
      expect(Object.keys((await store.users.find(full.id))?.attributes ?? {}).toSorted()).toEqual(names.toSorted());
    });

    it('removes a user once, which frees the address', async () => {
      await store.users.add(full);
      expect(await store.users.remove(full.id)).toBe(true);
      expect(await store.users.remove(full.id)).toBe(false);
      await store.users.add({ ...userAt(1), email: full.email });
    });
  });
}

const conflict = { name: 'Problem', kind: 'conflict' };
const [now, later] = ['2026-11-23T15:44:20.057Z', '2026-11-24T00:00:00.000Z'];
const ten = Array.from({ length: 10 }, (_, i) => userAt(i));
const full: User = {
  ...userAt(7),
  email: 'full@example.com',
  displayName: `Bobby '); drop table users; -- 😀 \\u0000 "quoted" \\`,
  status: 'suspended',
  externalId: 'null',
  attributes: { a: '1', 'with "quotes"': "it's", toString: '{}', '😀': '' },
  updatedAt: later,
};

function userAt(place: number): User {
  return {
    id: `01a20914-6052-781f-bb60-1502d2b64a6${place}`,
    email: `user${place}@example.com`,
    displayName: `User ${place}`,
    status: 'active',
    createdAt: now,
    updatedAt: now,
  };
}
