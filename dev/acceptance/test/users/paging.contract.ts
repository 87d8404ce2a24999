import { describe, expect, test } from 'vitest';
import { type At, expectProblem, mark, newUser, type PageBody, send, type UserBody } from './users-api.ts';

/** Pages of `GET /users` */
export function pagingContract(at: At): void {
  const page = (query: Record<string, string>) => send<PageBody>(at, `/users?${new URLSearchParams(query)}`);
  const several = async (count: number) => {
    const externalId = mark();
    const users: UserBody[] = [];
    for (let i = 0; i < count; i += 1) users.push((await newUser(at, { externalId })).user);
    return { externalId, users };
  };
  const firstToken = async (query: Record<string, string>) => {
    const { body } = await page({ ...query, pageSize: '1' });
    return body.nextPageToken ?? '';
  };

  describe('pages', () => {
    test.each(['createdAt', '-createdAt', 'email', '-email'])(
      'sort=%s: tokens lead through all users once',
      async (sort) => {
        const { externalId, users } = await several(5);
        const pages: string[][] = [];
        let pageToken: string | undefined;
        do {
          const { body } = await page({ externalId, sort, pageSize: '2', ...(pageToken && { pageToken }) });
          pages.push(body.value.map(({ id }) => id));
          pageToken = body.nextPageToken;
        } while (pageToken);
        expect(pages.map((ids) => ids.length)).toEqual([2, 2, 1]);
        expect(pages.flat().toSorted()).toEqual(users.map(({ id }) => id).toSorted());
      },
    );

    test('Link: rel="next" is the same page as the token (RFC 8288)', async () => {
      const { externalId, users } = await several(3);
      const { headers, body } = await page({ externalId, pageSize: '2' });
      const [, link = ''] = /^<([^>]+)>;\s*rel="?next"?$/.exec(headers.get('link') ?? '') ?? [];
      const next = new URL(link, `${at().baseUrl}/users`);
      const byLink = await send<PageBody>(at, `${next.pathname}${next.search}`);
      const byToken = await page({ externalId, pageSize: '2', pageToken: body.nextPageToken ?? '' });
      expect(byLink.body).toEqual({ value: [users[2]] });
      expect(byToken.body).toEqual(byLink.body);
      expect(byLink.headers.get('link')).toBeNull();
    });

    test('a last page that is full has no token', async () => {
      const { externalId } = await several(2);
      expect((await page({ externalId, pageSize: '2' })).body).not.toHaveProperty('nextPageToken');
    });

    test.each(['0', '-1', 'x', '1.5', '', '1e2', '99999999999999999999', '0x10'])(
      '400 for pageSize=%s',
      async (pageSize) => {
        const answer = await send(at, `/users?pageSize=${pageSize}`);
        // A number too large to be exact is either no integer or larger than what is coerced.
        if (pageSize.length > 9 || pageSize === '1e2') expect([200, 400]).toContain(answer.status);
        else expectProblem(answer, 400);
      },
    );

    test.each([
      ['another filter', { status: 'active' }],
      ['another order', { sort: '-createdAt' }],
      ['a filter less', { externalId: undefined }],
    ])('400 for a token with %s than it was given for', async (_, changes) => {
      const { externalId } = await several(2);
      const pageToken = await firstToken({ externalId });
      const query = Object.entries({ externalId, pageToken, ...changes }).filter(([, value]) => value !== undefined);
      const answer = await send(at, `/users?${new URLSearchParams(query as [string, string][])}`);
      expectProblem(answer, 400);
    });

    test('400 for a token that was made up, cut, extended or changed in one letter', async () => {
      const { externalId } = await several(2);
      const token = await firstToken({ externalId });
      const changed = [...token].map(
        (letter, i) => `${token.slice(0, i)}${letter === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`,
      );
      for (const pageToken of ['x', '', token.slice(1), token.slice(0, -1), `${token}A`, `${token}=`, ...changed]) {
        const { status } = await page({ externalId, pageToken });
        expect({ pageToken, status }).toEqual({ pageToken, status: 400 });
      }
    });
  });
}
