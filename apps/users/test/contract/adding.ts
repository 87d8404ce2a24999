import { expect, it } from 'vitest';
import type { Users } from '../../src/users.ts';
import { fullUser, later, userAt } from '../user-records.ts';
import { taken, thereAlready } from './problems.ts';

export function addingContract(users: () => Users): void {
  it('keeps a user as it is, and answers it', async () => {
    expect(await users().add(fullUser)).toEqual({ user: fullUser, replayed: false });
    expect(await users().find(fullUser.id)).toEqual(fullUser);
  });

  it('makes nothing up where there is nothing', async () => {
    const { email: _, ...bare } = userAt(1);
    await users().add(bare);
    expect(await users().find(bare.id)).toStrictEqual(bare);
  });

  it('keeps what is empty apart from what is absent', async () => {
    await users().add({ ...userAt(1), attributes: {}, profile: {} });
    expect(await users().find(userAt(1).id)).toStrictEqual({ ...userAt(1), attributes: {}, profile: {} });
  });

  it('refuses an address that another user has, and keeps the first', async () => {
    await users().add(fullUser);
    const added = users().add({ ...userAt(1), email: fullUser.email ?? '' });
    await expect(added).rejects.toMatchObject(taken('email'));
    expect(await users().count({})).toBe(1);
  });

  it('refuses a name that another user has, be it as its address', async () => {
    await users().add(userAt(1));
    await users().add(fullUser);
    const named = (userName: string) => users().add({ ...userAt(2), userName });
    await expect(named('full.name@directory.example')).rejects.toMatchObject(taken('userName'));
    await expect(named('user001@example.com')).rejects.toMatchObject(taken('userName'));
  });

  it('refuses an address that is the name of another user, but not one that is only its address', async () => {
    await users().add({ ...userAt(1), userName: 'ada' });
    await expect(users().add({ ...userAt(2), email: 'ada' })).rejects.toMatchObject(taken('userName'));
    await users().add({ ...userAt(3), userName: 'user001@example.com' });
  });

  it('takes any number of users without a name', async () => {
    const [{ email: _, ...one }, { email: __, ...other }] = [userAt(1), userAt(2)];
    await Promise.all([users().add(one), users().add(other)]);
    expect(await users().count({})).toBe(2);
  });

  it('refuses an id that is there, and leaves its user alone', async () => {
    await users().add(userAt(1));
    await expect(users().add({ ...fullUser, id: userAt(1).id })).rejects.toMatchObject(thereAlready);
    expect(await users().find(userAt(1).id)).toEqual(userAt(1));
  });

  it('takes the id of a deleted user again: its version goes on, and nothing else is left', async () => {
    await users().add(fullUser);
    await users().remove(fullUser.id, { at: later });
    const { user } = await users().add({ ...userAt(7), createdAt: later });
    expect(user).toStrictEqual({ ...userAt(7), createdAt: later, version: 3 });
    expect(await users().find(userAt(7).id)).toStrictEqual(user);
  });

  it('does not take the id of a deleted user whose address another one has by now', async () => {
    await users().add(userAt(1));
    await users().remove(userAt(1).id, { at: later });
    await users().add({ ...userAt(2), email: userAt(1).email ?? '' });
    await expect(users().add(userAt(1))).rejects.toMatchObject(taken('email'));
    expect(await users().find(userAt(1).id)).toBeUndefined();
  });

  it('finds nobody for an id that is unknown, or that is none', async () => {
    expect(await Promise.all([userAt(1).id, 'urn:uuid:x', "'", ''].map((id) => users().find(id)))).toEqual(
      Array(4).fill(undefined),
    );
  });
}
