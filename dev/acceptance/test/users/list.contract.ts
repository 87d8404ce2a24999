import { describe, expect, test } from 'vitest';
import { type At, deletedUser, expectProblem, mark, newUser, type PageBody, send } from './users-api.ts';

/** Filters and orders of `GET /users` */
export function listContract(at: At): void {
  const list = async (query: Record<string, string>) => {
    const { status, body, text } = await send<PageBody>(at, `/users?${new URLSearchParams(query)}`);
    expect(status, text).toBe(200);
    return body;
  };
  const ids = async (query: Record<string, string>) => (await list(query)).value.map(({ id }) => id);

  describe('GET /users', () => {
    test('200 with users as they are shown alone', async () => {
      const { user, path } = await newUser(at, { externalId: mark() });
      const { status, body, headers } = await send<PageBody>(at, `/users?externalId=${user.externalId}`);
      expect(status).toBe(200);
      expect(body).toEqual({ value: [user] });
      expect(headers.get('link')).toBeNull();
      expect(body.value[0]).toEqual((await send(at, path)).body);
    });

    test('HEAD: 200 without a body', async () => {
      expect(await send(at, '/users', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    });

    test('email is compared exactly, in any case', async () => {
      const { user } = await newUser(at);
      const email = user.email ?? '';
      expect(await ids({ email: email.toUpperCase() })).toEqual([user.id]);
      expect(await ids({ email: email.slice(1) })).toEqual([]);
    });

    test('externalId is compared exactly, case included', async () => {
      const { user } = await newUser(at, { externalId: mark() });
      expect(await ids({ externalId: `${user.externalId}` })).toEqual([user.id]);
      expect(await ids({ externalId: `${user.externalId?.toUpperCase()}` })).toEqual([]);
    });

    test('status takes its part of the users; without it the deleted ones do not show', async () => {
      const externalId = mark();
      const active = await newUser(at, { externalId });
      const suspended = await newUser(at, { externalId });
      await send(at, suspended.path, { method: 'PATCH', headers: { 'if-match': '*' }, json: { status: 'suspended' } });
      const deleted = await deletedUser(at, { externalId });
      expect(await ids({ externalId })).toEqual([active.user.id, suspended.user.id]);
      expect(await ids({ externalId, status: 'active' })).toEqual([active.user.id]);
      expect(await ids({ externalId, status: 'suspended' })).toEqual([suspended.user.id]);
      expect(await ids({ externalId, status: 'deleted' })).toEqual([deleted.user.id]);
    });

    test('createdAfter and createdBefore leave their own instant out, in any offset', async () => {
      const externalId = mark();
      const { user } = await newUser(at, { externalId });
      const moved = (milliseconds: number) => new Date(Date.parse(user.createdAt) + milliseconds).toISOString();
      expect(await ids({ externalId, createdAfter: moved(-1), createdBefore: moved(1) })).toEqual([user.id]);
      expect(await ids({ externalId, createdAfter: user.createdAt })).toEqual([]);
      expect(await ids({ externalId, createdBefore: user.createdAt })).toEqual([]);
      const offset = moved(3_599_999).replace('Z', '+01:00'); // an hour later by the clock: one millisecond before
      expect(await ids({ externalId, createdAfter: offset })).toEqual([user.id]);
    });

    test('q is how the e-mail address or the display name begins, in any case', async () => {
      const name = mark();
      const { user } = await newUser(at, { email: `${name}@example.com`, displayName: `Ö'${name} Last` });
      for (const q of [name, name.toUpperCase(), `ö'${name} l`, `${name}@EX`])
        expect(await ids({ q }), q).toEqual([user.id]);
      for (const q of [name.slice(1), 'Last', `${name}x`]) expect(await ids({ q }), q).not.toContain(user.id);
    });

    test('q takes the wildcards of SQL for letters', async () => {
      const name = mark();
      await newUser(at, { displayName: `${name}abc` });
      const odd = await newUser(at, { displayName: `${name}%_\\x` });
      expect(await ids({ q: `${name}%` })).toEqual([odd.user.id]);
      expect(await ids({ q: `${name}%_\\` })).toEqual([odd.user.id]);
      for (const q of [`${name}_`, `${name}\\`, '%%%']) expect(await ids({ q }), q).toEqual([]);
    });

    test('filters are all to hold', async () => {
      const externalId = mark();
      const [one, two] = [await newUser(at, { externalId }), await newUser(at, { externalId })];
      expect(await ids({ externalId, email: `${one.user.email}` })).toEqual([one.user.id]);
      expect(await ids({ externalId, email: `${two.user.email}`, status: 'suspended' })).toEqual([]);
    });

    test('sort is by createdAt, from the oldest on; a minus sign turns it round', async () => {
      const externalId = mark();
      const created: string[] = [];
      for (let i = 0; i < 4; i += 1) created.push((await newUser(at, { externalId })).user.id);
      expect(await ids({ externalId })).toEqual(created);
      expect(await ids({ externalId, sort: 'createdAt' })).toEqual(created);
      expect(await ids({ externalId, sort: '-createdAt' })).toEqual(created.toReversed());
    });

    test('sort by email goes by the folded address', async () => {
      const externalId = mark();
      const emails = ['c', 'A', 'b'].map((letter) => `${letter}${mark()}@example.com`);
      for (const email of emails) await newUser(at, { externalId, email });
      const sorted = emails.map((email) => email.toLowerCase()).sort();
      const listed = async (sort: string) => (await list({ externalId, sort })).value.map(({ email }) => email);
      expect(await listed('email')).toEqual(sorted);
      expect(await listed('-email')).toEqual(sorted.toReversed());
    });

    test('count is told where it is asked for: of all pages, of this query', async () => {
      const externalId = mark();
      for (let i = 0; i < 3; i += 1) await newUser(at, { externalId });
      await deletedUser(at, { externalId });
      expect(await list({ externalId, count: 'exact', pageSize: '1' })).toMatchObject({ count: 3 });
      expect(await list({ externalId, count: 'exact', status: 'suspended' })).toEqual({ value: [], count: 0 });
      expect(await list({ externalId })).not.toHaveProperty('count');
    });
  });

  test.each([
    ['status=gone'],
    ['status='],
    ['sort=displayName'],
    ['sort=--email'],
    ['count=yes'],
    ['createdAfter=yesterday'],
    ['createdBefore=2026-13-01T00:00:00Z'],
    ['email=nobody'],
    ['nonsense=1'],
    ['pageSize=1&pageSize=2'],
    ['status=active&status=suspended'],
    [`q=${'x'.repeat(201)}`],
  ])('400 for GET /users?%s', async (query) => {
    const answer = await send(at, `/users?${query}`);
    expectProblem(answer, 400);
    expect(answer.body.errors?.[0]?.pointer).toBe(`?${query.replace(/=.*/, '')}`);
  });
}
