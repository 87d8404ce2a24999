import { expect, it } from 'vitest';
import type { Users } from '../../src/users.ts';
import { later, userAt, usersFrom } from '../user-records.ts';

const fifty = Array.from({ length: 50 }, (_, i) => i);

export function racingContract(users: () => Users): void {
  it('lets one of 50 edits from one version win', async () => {
    await users().add(userAt(1));
    const terms = { at: later, versions: [1] };
    const edits = await Promise.allSettled(
      fifty.map((i) => users().edit(userAt(1).id, { displayName: `Name ${i}` }, terms)),
    );
    const won = edits.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(won).toEqual([await users().find(userAt(1).id)]);
    expect(won[0]?.version).toBe(2);
  });

  it('loses none of 50 edits from whatever version', async () => {
    await users().add(userAt(1));
    const edit = (i: number) =>
      users().edit(userAt(1).id, { attributePatch: { [`name ${i % 32}`]: '' } }, { at: later });
    const versions = (await Promise.all(fifty.map(edit))).map((user) => user?.version ?? 0);
    expect(versions.toSorted((a, b) => a - b)).toEqual(fifty.map((i) => i + 2));
    expect(Object.keys((await users().find(userAt(1).id))?.attributes ?? {})).toHaveLength(32);
  });

  it('lets one of 50 take an address that all want', async () => {
    const added = await Promise.allSettled(usersFrom(0, 50).map((user) => users().add({ ...user, email: 'one@b.c' })));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await users().count({})).toBe(1);
  });

  it('takes in one user for a key, however many want to at once', async () => {
    const once = { caller: 'app', key: 'key', fingerprint: 'print' };
    const added = await Promise.allSettled(usersFrom(0, 50).map((user) => users().add(user, once)));
    const answers = added.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    for (const each of added)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ retryAfterSeconds: 1 });
    expect(await users().count({})).toBe(1);
  });

  it('removes a user for one of many', async () => {
    await users().add(userAt(1));
    const outcomes = await Promise.all(fifty.map(() => users().remove(userAt(1).id, { at: later })));
    expect(outcomes.toSorted()).toEqual([...Array(49).fill('already-removed'), 'removed']);
  });

  it('finds each of many for whom it belongs to', async () => {
    await Promise.all(usersFrom(0, 150).map((user) => users().add(user)));
    await users().remove(userAt(149).id, { at: later });
    const places = [...usersFrom(0, 160), ...usersFrom(0, 160)];
    const found = await Promise.all(places.map(({ id }) => users().find(id)));
    expect(found).toEqual(places.map((user, i) => (i % 160 < 149 ? user : undefined)));
  });

  it('finds what was there when it was asked', async () => {
    const [before] = await Promise.all([users().find(userAt(1).id), users().count({})]);
    await users().add(userAt(1));
    expect([before, await users().find(userAt(1).id)]).toEqual([undefined, userAt(1)]);
  });
}
