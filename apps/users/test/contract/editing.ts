import { expect, it } from 'vitest';
import type { UserEdit } from '../../src/user.ts';
import type { Users } from '../../src/users.ts';
import { fullUser, later, now, userAt } from '../user-records.ts';
import { stale, taken, tooMany } from './problems.ts';

const some = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`name ${i}`, 'value']));

export function editingContract(users: () => Users): void {
  async function edited(edit: UserEdit, user = fullUser) {
    await users().add(user);
    const answer = await users().edit(user.id, edit, { at: later });
    expect(await users().find(user.id)).toStrictEqual(answer);
    return answer;
  }
  const fullEdited = { ...fullUser, version: 2 };

  it('changes each field that is named', async () => {
    const edit = { email: 'a@b.c', userName: 'ada', displayName: "O'B", status: 'active', externalId: '7' } as const;
    const rest = { attributes: { b: '' }, profile: { name: { familyName: 'L' } } };
    expect(await edited({ ...edit, ...rest })).toEqual({ ...fullEdited, ...edit, ...rest });
  });

  it('removes what is null', async () => {
    const { email, userName, externalId, attributes, profile, ...rest } = fullEdited;
    const nothing = { email: null, userName: null, externalId: null, attributes: null, profile: null };
    expect(await edited(nothing)).toStrictEqual(rest);
  });

  it('leaves what is absent or undefined, and counts even so', async () => {
    expect(await edited({ email: undefined, attributes: undefined })).toEqual(fullEdited);
  });

  it('merges single attributes', async () => {
    const attributePatch = { a: null, b: '2', toString: '3', absent: null };
    const attributes = { b: '2', 'with "quotes"': "it's", toString: '3', '😀': '' };
    expect(await edited({ attributePatch })).toEqual({ ...fullEdited, attributes });
    await users().edit(fullUser.id, { attributes: null }, { at: later });
    expect(await users().edit(fullUser.id, { attributePatch: { a: null } }, { at: later })).toMatchObject({
      attributes: {},
    });
  });

  it('refuses more than 32 attributes after a merge, and changes nothing', async () => {
    await edited({ attributePatch: { 'name 0': null, new: '' } }, { ...userAt(1), attributes: some(32) });
    const edit = { displayName: 'Other', attributePatch: { newer: '' } };
    await expect(users().edit(userAt(1).id, edit, { at: later })).rejects.toMatchObject(tooMany);
    expect(await users().find(userAt(1).id)).toMatchObject({ version: 2, displayName: 'User 1' });
  });

  it('refuses what another user has, and changes nothing', async () => {
    await users().add(fullUser);
    await users().add(userAt(1));
    const edit = (edit: UserEdit) => users().edit(userAt(1).id, edit, { at: later });
    await expect(edit({ email: fullUser.email })).rejects.toMatchObject(taken('email'));
    await expect(edit({ userName: fullUser.userName })).rejects.toMatchObject(taken('userName'));
    expect(await users().find(userAt(1).id)).toEqual(userAt(1));
  });

  it('is refused for any other version than the present one', async () => {
    await users().add(userAt(1));
    const edit = (versions: readonly number[] | 'any') => users().edit(userAt(1).id, {}, { at: later, versions });
    await expect(edit([2])).rejects.toMatchObject(stale);
    await expect(edit([])).rejects.toMatchObject(stale);
    expect(await edit([7, 1])).toMatchObject({ version: 2 });
    expect(await edit('any')).toMatchObject({ version: 3 });
  });

  it('changes nobody who is unknown or deleted, whatever the terms', async () => {
    await users().add(userAt(1));
    await users().remove(userAt(1).id, { at: later });
    const edit = (id: string) => users().edit(id, { displayName: 'Other' }, { at: later, versions: [9] });
    expect(await Promise.all([userAt(1).id, userAt(2).id, 'none'].map(edit))).toEqual(Array(3).fill(undefined));
  });

  it('never takes updatedAt back', async () => {
    await users().add(fullUser);
    expect(await users().edit(fullUser.id, {}, { at: now })).toEqual(fullEdited);
    const latest = '2027-01-01T10:00:00.500Z';
    expect(await users().edit(fullUser.id, {}, { at: latest })).toMatchObject({ updatedAt: latest });
  });
}
