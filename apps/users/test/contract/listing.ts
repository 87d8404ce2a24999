import { expect, it } from 'vitest';
import type { UserRecord } from '../../src/user.ts';
import type { Position, Slice, UserOrder, Users } from '../../src/users.ts';
import { later, userAt, usersFrom } from '../user-records.ts';

const oldestFirst = { by: 'createdAt', descending: false } as const;
const byEmail = { by: 'email', descending: false } as const;

export function listingContract(users: () => Users): void {
  async function places(slice: Omit<Slice, 'limit'>, limit = 99): Promise<number[]> {
    return (await users().list({ limit, ...slice })).map(placeOf);
  }

  it('goes by age and then by id, both ways', async () => {
    for (const place of [3, 1, 2]) await users().add(userAt(place));
    await users().add({ ...userAt(0), createdAt: later });
    expect(await places({ order: oldestFirst })).toEqual([1, 2, 3, 0]);
    expect(await places({ order: { ...oldestFirst, descending: true } })).toEqual([0, 3, 2, 1]);
  });

  it('goes by address, both ways, and those without one as if it were empty', async () => {
    const emails = ['b@b.c', undefined, 'a_@b.c', undefined, 'a.@b.c'];
    for (const [place, email] of emails.entries()) await users().add(withEmail(place, email));
    expect(await places({ order: byEmail })).toEqual([1, 3, 4, 2, 0]);
    expect(await places({ order: { ...byEmail, descending: true } })).toEqual([0, 2, 4, 3, 1]);
  });

  it.for([oldestFirst, { ...oldestFirst, descending: true }, byEmail, { ...byEmail, descending: true }])(
    'goes on after a position, and passes over some: %o',
    async (order) => {
      for (const place of [0, 1, 2, 3, 4, 5])
        await users().add(withEmail(place, place < 3 ? undefined : `${place}@b.c`));
      const all = await users().list({ order, limit: 99 });
      for (const [place, user] of all.entries())
        expect(await places({ order, after: positionOf(user, order) })).toEqual(all.slice(place + 1).map(placeOf));
      expect(await places({ order, offset: 2 }, 3)).toEqual(all.slice(2, 5).map(placeOf));
    },
  );

  it('shows deleted users by address, too, though those can be equal', async () => {
    for (const place of [0, 1, 2, 3]) {
      await users().add(withEmail(place, 'same@b.c'));
      await users().remove(userAt(place).id, { at: later });
    }
    const after = { key: 'same@b.c', id: userAt(1).id };
    expect(await places({ order: byEmail, deleted: true, after })).toEqual([2, 3]);
    expect(await places({ order: { ...byEmail, descending: true }, deleted: true, after })).toEqual([0]);
    expect(await users().count({ deleted: true })).toBe(4);
  });

  it.for([oldestFirst, byEmail])('misses and repeats nobody who stays while others come and go: %o', async (order) => {
    for (const user of usersFrom(0, 60)) await users().add(user);
    const seen: number[] = [];
    for (let after: Position | undefined, coming = 60; ; coming += 1) {
      const page = await users().list({ order, limit: 7, after });
      seen.push(...page.map(placeOf));
      const last = page.at(-1);
      if (!last) break;
      after = positionOf(last, order);
      await users().remove(last.id, { at: later });
      await users().add({ ...userAt(coming), createdAt: '2026-01-01T00:00:00.000Z', email: `a${coming}@b.c` });
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it('counts those that are there', async () => {
    for (const user of usersFrom(0, 5)) await users().add(user);
    await users().remove(userAt(0).id, { at: later });
    expect(await users().count({})).toBe(4);
    expect(await users().count({ filter: { field: 'email', is: 'sw', value: 'user004' } })).toBe(1);
  });
}

function withEmail(place: number, email: string | undefined): UserRecord {
  const { email: _, ...user } = userAt(place);
  return email === undefined ? user : { ...user, email };
}

function positionOf({ id, email = '', createdAt }: UserRecord, { by }: UserOrder): Position {
  return { id, key: by === 'email' ? email : createdAt };
}

function placeOf({ id }: UserRecord): number {
  return Number.parseInt(id.slice(-12), 16);
}
