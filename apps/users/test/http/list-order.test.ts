import type { User } from '@seaworthy/contracts/users';
import type { Agent } from 'supertest';
import { describe, expect, it } from 'vitest';
import { created, usersServer } from '../users-server.ts';

const names = ['Cleo', 'ada', 'Bob', 'Ämilie', 'Bobby'];

/** Five users, a second apart. */
async function five(): Promise<{ api: Agent; users: User[] }> {
  let second = 0;
  const now = () => new Date(Date.UTC(2026, 10, 23, 12, 0, second));
  const api = await usersServer({ now });
  const users: User[] = [];
  for (const displayName of names) {
    second += 1;
    users.push(
      await created(api, { email: `${displayName.toLowerCase().replace('ä', 'ae')}@example.com`, displayName }),
    );
  }
  return { api, users };
}

async function namesOf(api: Agent, query: string): Promise<string[]> {
  const { body } = await api.get(`/users?${query}`).expect(200);
  return body.value.map(({ displayName }: User) => displayName);
}

describe('GET /users', () => {
  it.for([
    ['sort=createdAt', ['Cleo', 'ada', 'Bob', 'Ämilie', 'Bobby']],
    ['sort=-createdAt', ['Bobby', 'Ämilie', 'Bob', 'ada', 'Cleo']],
    ['sort=email', ['ada', 'Ämilie', 'Bob', 'Bobby', 'Cleo']],
    ['sort=-email', ['Cleo', 'Bobby', 'Bob', 'Ämilie', 'ada']],
    ['q=BOB', ['Bob', 'Bobby']],
    ['q=%C3%84', ['Ämilie']],
    ['q=ae', ['Ämilie']],
    ['q=%25', []],
    ['q=ob', []],
    ['createdAfter=2026-11-23T12:00:03Z', ['Ämilie', 'Bobby']],
    ['createdBefore=2026-11-23T13:00:03%2B01:00', ['Cleo', 'ada']],
    ['createdAfter=2026-11-23T12:00:01Z&createdBefore=2026-11-23T12:00:04Z&q=b', ['Bob']],
    ['createdAfter=0000-01-01T00:00:00Z&status=active', names],
  ] as const)('200 for ?%s with %j', async ([query, expected]) => {
    expect(await namesOf((await five()).api, query)).toEqual(expected);
  });

  it.for(['sort=createdAt', 'sort=-createdAt', 'sort=email', 'sort=-email', 'q=b'])(
    '200 page after page for ?%s, in the same order as in one page',
    async (query) => {
      const { api } = await five();
      const seen: string[] = [];
      let path = `/v1/users?${query}&pageSize=2`;
      while (path) {
        const { body, headers } = await api.get(path).expect(200);
        seen.push(...body.value.map(({ displayName }: User) => displayName));
        path = /^<(\/v1\/users\?[^>]+)>; rel="next"$/.exec(headers['link'] ?? '')?.[1] ?? '';
        expect(path === '').toBe(body.nextPageToken === undefined);
      }
      expect(seen).toEqual(await namesOf(api, query));
    },
  );

  it.for(['sort=email&pageSize=2', 'status=active', 'q=b', 'status=deleted'])(
    '400 for a token that belongs to another query than ?%s',
    async (query) => {
      const { api } = await five();
      const { nextPageToken } = (await api.get('/users?pageSize=2')).body;
      const { status, body } = await api.get(`/users?${query}&pageToken=${nextPageToken}`);
      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer: '?pageToken', code: 'page-token' })]);
    },
  );

  it('400 for a token that was changed in any place', async () => {
    const { api } = await five();
    const { nextPageToken } = (await api.get('/users?pageSize=2')).body;
    for (let at = 0; at < nextPageToken.length; at += 7) {
      const other = nextPageToken[at] === 'A' ? 'B' : 'A';
      const forged = nextPageToken.slice(0, at) + other + nextPageToken.slice(at + 1);
      expect((await api.get('/users').query({ pageToken: forged })).status).toBe(400);
    }
  });

  it('200 for a token with another page size', async () => {
    const { api } = await five();
    const { nextPageToken } = (await api.get('/users?pageSize=2')).body;
    expect(await namesOf(api, `pageSize=3&pageToken=${nextPageToken}`)).toEqual(['Bob', 'Ämilie', 'Bobby']);
  });

  it('200 with the count of all pages where it was asked for', async () => {
    const { api } = await five();
    const { body } = await api.get('/users?pageSize=2&count=exact&q=b');
    expect(body).toMatchObject({ value: [{}, {}], count: 2 });
    expect((await api.get('/users')).body).not.toHaveProperty('count');
  });

  it('200 with those that are deleted, and only them', async () => {
    const { api, users } = await five();
    await api.delete(`/users/${users[1]?.id}`).expect(204);
    const { body } = await api.get('/users?status=deleted&count=exact');
    expect(body).toMatchObject({
      value: [{ ...users[1], status: 'deleted', version: 2, updatedAt: expect.anything() }],
      count: 1,
    });
  });
});
