import { expect, it } from 'vitest';
import type { Users } from '../../src/users.ts';
import { fullUser, later, userAt } from '../user-records.ts';
import { otherBody, taken } from './problems.ts';

const once = { caller: 'app', key: 'O\'Key " 1', fingerprint: 'print' };

export function addingOnceContract(users: () => Users): void {
  it('answers a repetition what the first call got, whatever has become of the user', async () => {
    await users().add(fullUser, once);
    await users().edit(fullUser.id, { displayName: 'Other' }, { at: later });
    await users().remove(fullUser.id, { at: later });
    expect(await users().add(userAt(1), once)).toEqual({ user: fullUser, replayed: true });
    expect(await users().count({})).toBe(0);
  });

  it('refuses a key that was used for something else', async () => {
    await users().add(userAt(1), once);
    const added = users().add(userAt(2), { ...once, fingerprint: 'other' });
    await expect(added).rejects.toMatchObject(otherBody);
    expect(await users().find(userAt(2).id)).toBeUndefined();
  });

  it('keeps the keys of callers apart', async () => {
    await users().add(userAt(1), once);
    expect(await users().add(userAt(2), { ...once, caller: 'other' })).toEqual({ user: userAt(2), replayed: false });
  });

  it('keeps no key of what failed', async () => {
    await users().add(userAt(1));
    await expect(users().add({ ...userAt(2), email: userAt(1).email ?? '' }, once)).rejects.toMatchObject(
      taken('email'),
    );
    await expect(users().add(userAt(1), once)).rejects.toMatchObject({ kind: 'precondition-failed' });
    expect(await users().add(userAt(2), { ...once, fingerprint: 'other' })).toEqual({
      user: userAt(2),
      replayed: false,
    });
  });

  it('keeps a key for 24 hours, and then takes it again', async () => {
    const at = (place: number, createdAt: string) => users().add({ ...userAt(place), createdAt }, once);
    await at(1, '2026-11-23T00:00:00.000Z');
    expect(await at(2, '2026-11-23T23:59:59.999Z')).toMatchObject({ replayed: true });
    expect(await at(3, '2026-11-24T00:00:00.000Z')).toMatchObject({ replayed: false });
    expect(await at(4, '2026-11-24T00:00:00.001Z')).toMatchObject({ replayed: true, user: { id: userAt(3).id } });
  });

  it('keeps the version of a user that takes the id of a deleted one', async () => {
    await users().add(userAt(1));
    await users().remove(userAt(1).id, { at: later });
    await users().add(userAt(1), once);
    expect(await users().add(userAt(1), once)).toEqual({ user: { ...userAt(1), version: 3 }, replayed: true });
  });

  it('answers many repetitions at once, as nothing is under way any more', async () => {
    await users().add(userAt(1), once);
    const repeated = Array.from({ length: 30 }, () => users().add(userAt(2), once));
    expect(await Promise.all(repeated)).toEqual(repeated.map(() => ({ user: userAt(1), replayed: true })));
    const other = Array.from({ length: 30 }, () => users().add(userAt(2), { ...once, fingerprint: 'other' }));
    for (const { status, ...outcome } of await Promise.allSettled(other)) {
      expect(status).toBe('rejected');
      expect(outcome).toMatchObject({ reason: otherBody });
    }
  });
}
