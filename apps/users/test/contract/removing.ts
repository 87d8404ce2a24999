import { expect, it } from 'vitest';
import type { Users } from '../../src/users.ts';
import { fullUser, later, userAt } from '../user-records.ts';
import { stale } from './problems.ts';

export function removingContract(users: () => Users): void {
  it('hides the user, and shows among the deleted ones as it was', async () => {
    await users().add(fullUser);
    expect(await users().remove(fullUser.id, { at: '2027-01-01T00:00:00.000Z' })).toBe('removed');
    expect(await users().find(fullUser.id)).toBeUndefined();
    const order = { by: 'createdAt', descending: false } as const;
    const deleted = { ...fullUser, status: 'deleted', version: 2, updatedAt: '2027-01-01T00:00:00.000Z' };
    expect(await users().list({ deleted: true, order, limit: 9 })).toEqual([deleted]);
    expect(await users().list({ order, limit: 9 })).toEqual([]);
  });

  it('frees the address and the name', async () => {
    await users().add(fullUser);
    await users().remove(fullUser.id, { at: later });
    const { email = '', userName = '' } = fullUser;
    await users().add({ ...userAt(1), email });
    await users().add({ ...userAt(2), userName });
  });

  it('happens once, and then not even terms matter', async () => {
    await users().add(userAt(1));
    const remove = (versions?: number[]) => users().remove(userAt(1).id, { at: later, versions });
    expect([await remove([1]), await remove(), await remove([5])]).toEqual([
      'removed',
      'already-removed',
      'already-removed',
    ]);
    expect(await users().list({ deleted: true, order: { by: 'email', descending: true }, limit: 9 })).toMatchObject([
      { version: 2 },
    ]);
  });

  it('is refused for any other version than the present one', async () => {
    await users().add(userAt(1));
    await expect(users().remove(userAt(1).id, { at: later, versions: [2] })).rejects.toMatchObject(stale);
    expect(await users().find(userAt(1).id)).toEqual(userAt(1));
  });

  it('knows nobody whose id is unknown, or is none', async () => {
    const outcomes = [userAt(1).id, 'none'].map((id) => users().remove(id, { at: later, versions: [1] }));
    expect(await Promise.all(outcomes)).toEqual(['unknown', 'unknown']);
  });
}
