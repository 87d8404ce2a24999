import { describe, expect, test } from 'vitest';
import {
  expectList,
  expectScimFault,
  found,
  provisioned,
  type ScimFault,
  type ScimList,
  scim,
  searchRequest,
} from './scim-api.ts';
import { type At, mark, send } from './users-api.ts';

/** `/scim/v2/Users`, many users (RFC 7644, section 3.4; RFC 9865) */
export function scimListContract(at: At): void {
  const list = (query: Record<string, string>) => scim<ScimList>(at, `/Users?${new URLSearchParams(query)}`);
  const several = async (count: number) => {
    const [name, ids] = [mark(), [] as string[]];
    for (let i = 0; i < count; i += 1) ids.push((await provisioned(at, { userName: `${name}-${i}` })).user.id);
    return { ids, filter: `userName sw "${name}-"` };
  };

  describe('SCIM filters', () => {
    test('userName eq, in any case, apostrophes included', async () => {
      const userName = `o'${mark()}@example.com`;
      const { user } = await provisioned(at, { userName });
      expect(await found(at, `userName eq "${userName}"`)).toEqual([user.id]);
      expect(await found(at, `USERNAME EQ "${userName.toUpperCase()}"`)).toEqual([user.id]);
      expect(await found(at, `urn:ietf:params:scim:schemas:core:2.0:User:userName eq "${userName}"`)).toEqual([
        user.id,
      ]);
      expect(await found(at, `userName eq "${mark()}"`)).toEqual([]);
    });

    test('externalId eq, case included', async () => {
      const externalId = mark();
      const { user } = await provisioned(at, { externalId });
      expect(await found(at, `externalId eq "${externalId}"`)).toEqual([user.id]);
      expect(await found(at, `externalId eq "${externalId.toUpperCase()}"`)).toEqual([]);
    });

    test('and, or, not and brackets; and binds before or', async () => {
      const { ids, filter } = await several(3);
      const by = (i: number) => `id eq "${ids[i]}"`;
      const sorted = async (it: string) => (await found(at, it)).toSorted();
      expect(await sorted(`${filter} and not (${by(0)})`)).toEqual([ids[1], ids[2]].toSorted());
      expect(await sorted(`${by(0)} or ${by(1)} and userName eq "nobody"`)).toEqual([ids[0]]);
      expect(await sorted(`(${by(0)} or ${by(1)}) and active eq true`)).toEqual([ids[0], ids[1]].toSorted());
    });

    test('active, displayName, emails and meta', async () => {
      const userName = mark();
      const value = `${userName}@example.com`;
      const { user } = await provisioned(at, {
        userName,
        active: false,
        displayName: `${userName} Doe`,
        emails: [{ value, type: 'work' }],
      });
      const mine = `userName eq "${userName}"`;
      for (const it of [
        `${mine} and active eq false`,
        `displayName sw "${userName}"`,
        `displayName co "${userName.slice(2)} D"`,
        `displayName ew "${userName.slice(4)} doe"`,
        `emails.value eq "${value.toUpperCase()}"`,
        `emails[type eq "work" and value eq "${value}"]`,
        `${mine} and emails pr`,
        `${mine} and meta.created ge "${user.meta.created}"`,
        `${mine} and displayName ne "x"`,
      ])
        expect(await found(at, it), it).toEqual([user.id]);
      for (const it of [`${mine} and active eq true`, `${mine} and meta.lastModified gt "${user.meta.lastModified}"`]) {
        expect(await found(at, it), it).toEqual([]);
      }
    });

    test('wildcards of SQL are letters', async () => {
      const name = mark();
      await provisioned(at, { userName: `${name}a` });
      const { user } = await provisioned(at, { userName: `${name}%_` });
      expect(await found(at, `userName sw "${name}%"`)).toEqual([user.id]);
      expect(await found(at, `userName co "${name.slice(2)}_"`)).toEqual([]);
    });

    test.each([
      'userName eq',
      'userName is "x"',
      '(userName eq "x"',
      'userName eq "x" and',
      'userName eq x y',
      '"x" eq userName',
      'nonsense eq "x"',
    ])('400 invalidFilter for %s', async (filter) =>
      expectScimFault(await scim<ScimFault>(at, `/Users?${new URLSearchParams({ filter })}`), 400, 'invalidFilter'),
    );

    test('400, not 500, for a filter of a thousand brackets', async () => {
      const filter = `${'('.repeat(1000)}active eq true${')'.repeat(1000)}`;
      expectScimFault(await scim<ScimFault>(at, `/Users?${new URLSearchParams({ filter })}`), 400);
    });
  });

  describe('SCIM pages by index', () => {
    test('startIndex and count lead through all users once', async () => {
      const { ids, filter } = await several(5);
      const seen: string[] = [];
      for (const startIndex of [1, 3, 5]) {
        const { body } = await list({ filter, startIndex: `${startIndex}`, count: '2' });
        expectList(body);
        expect(body).toMatchObject({ totalResults: 5, startIndex, itemsPerPage: body.Resources?.length });
        seen.push(...(body.Resources ?? []).map(({ id }) => id));
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    test('less than 1 is 1 for startIndex; less than 0 is 0 for count; beyond the end is nothing', async () => {
      const { filter } = await several(2);
      expect((await list({ filter, startIndex: '0' })).body).toMatchObject({ totalResults: 2, startIndex: 1 });
      for (const query of [{ count: '0' }, { count: '-5' }, { startIndex: '9' }]) {
        const { status, body } = await list({ filter, ...(query as Record<string, string>) });
        expect(status).toBe(200);
        expect(body.totalResults).toBe(2);
        expect(body.Resources ?? []).toEqual([]);
      }
    });

    test.each(['startIndex', 'count'])('400 for %s that is no number', async (name) => {
      expectScimFault(await scim<ScimFault>(at, `/Users?${name}=x`), 400);
    });

    test('attributes choose what is told of each', async () => {
      const { filter } = await several(1);
      const { body } = await list({ filter, attributes: 'userName' });
      expect(Object.keys(body.Resources?.[0] ?? {}).toSorted()).toEqual(expect.arrayContaining(['id', 'userName']));
      expect(body.Resources?.[0]).not.toHaveProperty('emails');
      const { body: less } = await list({ filter, excludedAttributes: 'emails' });
      expect(less.Resources?.[0]).toHaveProperty('displayName');
      expect(less.Resources?.[0]).not.toHaveProperty('emails');
    });
  });

  describe('SCIM pages by cursor (RFC 9865)', () => {
    test('cursors lead through all users once; the last page has none', async () => {
      const { ids, filter } = await several(5);
      const seen: string[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const { status, body, text }: Awaited<ReturnType<typeof list>> = await list({ filter, cursor, count: '2' });
        expect(status, text).toBe(200);
        seen.push(...(body.Resources ?? []).map(({ id }) => id));
        cursor = body.nextCursor;
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
    });

    test('400 invalidCursor for one that was made up, and for another filter', async () => {
      const { filter } = await several(2);
      const { body } = await list({ filter, cursor: '', count: '1' });
      const cursor = body.nextCursor ?? '';
      for (const query of [
        { filter, cursor: 'made-up' },
        { filter, cursor: `${cursor}A` },
        { cursor, filter: 'active eq true' },
      ]) {
        const answer = await scim<ScimFault>(at, `/Users?${new URLSearchParams({ ...query, count: '1' })}`);
        expectScimFault(answer, 400, 'invalidCursor');
      }
    });
  });

  test('SCIM POST /Users/.search answers what the query would', async () => {
    const { ids, filter } = await several(2);
    const json = searchRequest({ filter, attributes: ['userName'], startIndex: 1, count: 10 });
    const { status, body } = await scim<ScimList>(at, '/Users/.search', { method: 'POST', json });
    expect(status).toBe(200);
    expectList(body);
    expect(body.Resources?.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(body.Resources?.[0]).not.toHaveProperty('emails');
  });

  test('SCIM POST /.search at the root answers what the one of users does (RFC 7644, section 3.4.3)', async () => {
    const { ids, filter } = await several(2);
    const json = searchRequest({ filter: `meta.resourceType eq "User" and ${filter}` });
    const { status, body, text } = await scim<ScimList>(at, '/.search', { method: 'POST', json });
    expect(status, text).toBe(200);
    expectList(body);
    expect(body.Resources?.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    const answer = await scim<ScimFault>(at, '/.search', { method: 'POST', json: { filter } });
    expectScimFault(answer, 400);
  });

  test('SCIM finds users by any of their addresses', async () => {
    const [main, other] = [`${mark()}@example.com`, `${mark()}@example.com`];
    const emails = [
      { value: main, type: 'work', primary: true },
      { value: other, type: 'home' },
    ];
    const { user } = await provisioned(at, { emails });
    for (const filter of [
      `emails eq "${main}"`,
      `emails.value eq "${other.toUpperCase()}"`,
      `emails[type eq "home"].value eq "${other}"`,
      `emails[value eq "${other}" and type eq "home"]`,
    ])
      expect(await found(at, filter), filter).toEqual([user.id]);
    expect(await found(at, `emails[type eq "work" and value eq "${other}"]`)).toEqual([]);
  });

  test('SCIM lists leave deleted users out', async () => {
    const { ids, filter } = await several(2);
    await send(at, `/users/${ids[0]}`, { method: 'DELETE' });
    expect(await found(at, filter)).toEqual([ids[1]]);
  });
}
