import { expect, it } from 'vitest';
import type { UserEdit, UserRecord } from '../../src/user.ts';
import type { Users } from '../../src/users.ts';
import { fullUser, later, userAt, usersFrom } from '../user-records.ts';

/** What writes promise that come at the same moment, for a store that may do them together. */
export function togetherContract(users: () => Users): void {
  const stored = (all: readonly UserRecord[]) => Promise.all(all.map(({ id }) => users().find(id)));
  const addAll = (all: readonly UserRecord[]) => Promise.allSettled(all.map((user) => users().add(user)));

  it('takes in many at once, each as it is', async () => {
    const all = [...usersFrom(100, 120), fullUser];
    const outcomes = await addAll(all);
    expect(outcomes.map((it) => it.status === 'fulfilled' && it.value.user)).toEqual(all);
    expect(await stored(all)).toEqual(all);
  });

  it('refuses among many newcomers only whose address is taken, and of two with the same one', async () => {
    await users().add(userAt(1));
    const twins = [userAt(30), { ...userAt(31), email: userAt(30).email as string }];
    const outcomes = await addAll([...usersFrom(10, 9), { ...userAt(20), email: userAt(1).email as string }, ...twins]);
    const refused = outcomes.flatMap((it) => (it.status === 'rejected' ? it.reason.kind : []));
    expect(refused).toEqual(['conflict', 'conflict']);
    expect(outcomes.slice(0, 9).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(outcomes[9]?.status).toBe('rejected');
  });

  it('refuses among many newcomers only whose id is somebody’s', async () => {
    await users().add(userAt(1));
    const outcomes = await addAll([{ ...userAt(1), email: 'other@example.com' }, ...usersFrom(2, 5)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...Array(5).fill('fulfilled')]);
    expect(await users().find(userAt(1).id)).toEqual(userAt(1));
  });

  const edits: UserEdit[] = [
    {},
    { email: null },
    { displayName: `"{\\},'` },
    { email: 'new@example.com', userName: 'other' },
    { externalId: 'NULL', status: 'suspended' },
    { externalId: null },
    { attributes: { a: '{"b":1}' } },
    { attributes: null },
    { attributePatch: { a: null, c: '\\"', d: '' } },
    { profile: { name: { givenName: 'x' }, list: [1.5, null] } },
    { profile: null },
  ];

  it('changes many at once as it changes each alone, whatever their fields', async () => {
    const [alone = [], ...together] = [10, 50, 90].map((first) => usersFrom(first, edits.length).map(full));
    await addAll([...alone, ...together.flat()]);
    const change = (user: UserRecord, i: number) =>
      users().edit(user.id, mine(edits[i] as UserEdit, user), { at: later });
    for (const [i, user] of alone.entries()) await change(user, i);
    const changed = await Promise.all(together.flatMap((all) => all.map(change)));
    expect(await stored(together.flat())).toEqual(changed);
    const expected = shapes(await stored(alone));
    expect(shapes(changed)).toEqual([...expected, ...expected]);
  });

  it('changes many at once in the same way, each for itself', async () => {
    const all = usersFrom(10, 70);
    await addAll(all);
    const named = all.map((user, i) => ({ ...user, displayName: `Name ${i}`, updatedAt: later, version: 2 }));
    const edit = ({ id, displayName }: UserRecord) => users().edit(id, { displayName }, { at: later, versions: [1] });
    expect(await Promise.all(named.map(edit))).toEqual(named);
    expect(await stored(all)).toEqual(named);
  });

  it('refuses among many changes only those that come too late, and finds only those who are there', async () => {
    await addAll(usersFrom(1, 3));
    const edit = (place: number, version: number) =>
      users().edit(userAt(place).id, { displayName: 'New' }, { at: later, versions: [version] });
    const outcomes = await Promise.allSettled([edit(1, 1), edit(2, 7), edit(3, 1), edit(9, 1)]);
    expect(outcomes.map((it) => (it.status === 'fulfilled' ? it.value?.version : it.reason.kind))).toEqual([
      ...[2, 'precondition-failed', 2, undefined],
    ]);
  });

  it('lets one win of those that change the same version at once', async () => {
    await addAll(usersFrom(1, 2));
    const edit = (displayName: string) => users().edit(userAt(1).id, { displayName }, { at: later, versions: [1] });
    const outcomes = await Promise.allSettled(['A', 'B', 'C'].map(edit));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await users().find(userAt(1).id)).toMatchObject({ version: 2 });
  });

  it('refuses among many changes only who would take a taken address', async () => {
    await addAll(usersFrom(1, 4));
    const edit = (place: number, email: string) => users().edit(userAt(place).id, { email }, { at: later });
    const outcomes = await Promise.allSettled([edit(1, 'a@b.c'), edit(2, userAt(4).email as string), edit(3, 'd@e.f')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
}

/** A user with everything, and names of its own. */
function full({ id, email = '' }: UserRecord): UserRecord {
  return { ...fullUser, id, email, userName: `name ${id}` };
}

/** The same edit of each user, where an address can only be one user's. */
function mine(edit: UserEdit, { id }: UserRecord): UserEdit {
  return edit.email ? { ...edit, email: `${id}@example.com`, userName: `other ${id}` } : edit;
}

/** What two users have in common who were changed in the same way. */
function shapes(all: readonly (UserRecord | undefined)[]) {
  return all.map((user) => {
    const { id, email, userName, ...rest } = user as UserRecord;
    return { ...rest, hasEmail: email !== undefined, hasName: userName !== undefined };
  });
}
