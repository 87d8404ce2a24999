import type { UserChange } from '@seaworthy/contracts/users';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Outbox } from '../src/change-relay.ts';

const [ada, grace] = ['01a20914-6052-781f-bb60-1502d2b64a65', '01a20914-6052-781f-bb60-1502d2b64a66'];

/** The changes of these tests, in the order of their writing. */
export const written: readonly UserChange[] = [change(ada, 1, 'created'), change(grace, 1, 'created'), change(ada, 2)];

function change(userId: string, version: number, type: UserChange['type'] = 'changed'): UserChange {
  return { id: `${userId}:${version}`, type, userId, version, at: `2026-11-24T00:00:0${version}.120Z` };
}

/** An outbox to be tested. */
export interface TestedOutbox {
  outbox: Outbox;
  /** Empties it, and puts these changes in. */
  fill(changes: readonly UserChange[]): Promise<void>;
  close(): Promise<void>;
}

/** What an outbox promises, whatever it is made of. */
export function outboxContract(open: () => Promise<TestedOutbox>): void {
  let tested: TestedOutbox;
  beforeAll(async () => {
    tested = await open();
  });
  afterAll(() => tested.close());
  beforeEach(() => tested.fill(written));

  const heard: UserChange[] = [];
  const tell = async (changes: readonly UserChange[]) => void heard.push(...changes);
  beforeEach(() => void heard.splice(0));

  it('hands over all changes in order, and forgets them', async () => {
    expect(await tested.outbox.drain(10, tell)).toBe(3);
    expect(heard).toEqual(written);
    expect(await tested.outbox.drain(10, tell)).toBe(0);
    expect(heard).toHaveLength(3);
  });

  it('hands over no more than was asked for, the oldest first', async () => {
    expect(await tested.outbox.drain(2, tell)).toBe(2);
    expect(heard).toEqual(written.slice(0, 2));
    expect(await tested.outbox.drain(2, tell)).toBe(1);
  });

  it('keeps what could not be told, and rejects as whoever was told', async () => {
    const drained = tested.outbox.drain(10, () => Promise.reject(new Error('nobody is there')));
    await expect(drained).rejects.toThrow('nobody is there');
    expect(await tested.outbox.drain(10, tell)).toBe(3);
  });

  it('tells nobody where there is nothing', async () => {
    await tested.fill([]);
    expect(await tested.outbox.drain(10, () => Promise.reject(new Error('told')))).toBe(0);
  });

  it('takes in more while it is drained, and keeps that', async () => {
    await tested.fill(written.slice(0, 1));
    await tested.outbox.drain(10, () => tested.fill(written));
    await tested.outbox.drain(10, tell);
    expect(heard.at(-1)).toEqual(written.at(-1));
  });
}
