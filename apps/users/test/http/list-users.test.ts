import type { User } from '@seaworthy/contracts/users';
import type { Agent } from 'supertest';
import { describe, expect, it } from 'vitest';
import { ada, created, grace, usersServer } from '../users-server.ts';

describe('GET /users', () => {
  it('200 with nothing, and no token, where there is nobody', async () => {
    const { status, body } = await (await usersServer()).get('/users');
    expect(status).toBe(200);
    expect(body).toEqual({ value: [] });
  });

  it('200 with the oldest first', async () => {
    const { api, users } = await crowd(3);
    const { status, body } = await api.get('/users');
    expect(status).toBe(200);
    expect(body).toEqual({ value: users.toSorted((a, b) => (a.id < b.id ? -1 : 1)) });
  });

  it('200 page after page, each user once', async () => {
    const { api, users } = await crowd(5);
    const pages = await pagesOf(api, 2);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(idsOf(pages.flat())).toEqual(idsOf(users).toSorted());
  });

  it('200 without a token when the last page is full', async () => {
    const { api } = await crowd(2);
    const { status, body } = await api.get('/users?pageSize=2');
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('nextPageToken');
  });

  it('200 going on after a user that is gone', async () => {
    const { api } = await crowd(3);
    const { body } = await api.get('/users?pageSize=1');
    await api.delete(`/users/${body.value[0].id}`).expect(204);
    const { body: rest } = await api.get(`/users?pageToken=${body.nextPageToken}`);
    expect(rest.value).toHaveLength(2);
  });

  it.for([
    ['', 50],
    ['pageSize=200', 200],
    ['pageSize=201', 200],
    ['pageSize=99999999999999999999', 200],
  ] as const)('200 for ?%s with %d of 205 users', async ([query, length]) => {
    const { api } = await crowd(205);
    const { status, body } = await api.get(`/users?${query}`);
    expect(status).toBe(200);
    expect(body.value).toHaveLength(length);
  });

  it.for(['0', '-1', '1.5', 'ten', '', '1e2', 'NaN', '0x10', ' 5'])('400 for a pageSize of "%s"', async (size) => {
    const { status, body } = await (await usersServer()).get('/users').query({ pageSize: size });
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '?pageSize' })]);
  });

  it.for(['x', '', 'AAAA', `${'A'.repeat(21)}B`, `${'A'.repeat(22)}==`, '\0', 'A'.repeat(1025)])(
    '400 for the token %j',
    async (token) => {
      const { status, body } = await (await usersServer()).get('/users').query({ pageToken: token });
      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer: '?pageToken' })]);
    },
  );

  it('200 with the one user of an address, whatever its case', async () => {
    const api = await usersServer();
    await created(api, grace);
    const user = await created(api);
    const { status, body } = await api.get('/users').query({ email: ` ${ada.email.toUpperCase()}` });
    expect(status).toBe(200);
    expect(body).toEqual({ value: [user] });
  });

  it('200 with the users of a status', async () => {
    const api = await usersServer();
    const { id } = await created(api, grace);
    await created(api);
    await api.patch(`/users/${id}`).set('if-match', '*').send({ status: 'suspended' }).expect(200);
    expect(idsOf((await api.get('/users?status=suspended')).body.value)).toEqual([id]);
    expect((await api.get(`/users?status=active&email=${grace.email}`)).body).toEqual({ value: [] });
  });

  it.for([
    ['email=%00', '?email'],
    ['email=a%25@b%00.com', '?email'],
    ['email=a@b.c&email=d@e.f', '?email'],
    ['status=gone', '?status'],
    ['sort=displayName', '?sort'],
    ['count=estimated', '?count'],
    ['createdAfter=yesterday', '?createdAfter'],
    ['createdBefore=2026-13-01T00:00:00Z', '?createdBefore'],
    ['q=', '?q'],
    ['pagesize=5', '?pagesize'],
    ['pageSize=5&pageSize=6', '?pageSize'],
  ])('400 for ?%s', async ([query, pointer]) => {
    const { status, body } = await (await usersServer()).get(`/users?${query}`);
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('200 with nobody for an address of bytes that are no UTF-8', async () => {
    const { status, body } = await (await usersServer()).get('/users?email=%ED%A0%80@b.com');
    expect(status).toBe(200);
    expect(body).toEqual({ value: [] });
  });

  it('200 without a body for HEAD', async () => {
    const { status, text } = await (await usersServer()).head('/users');
    expect(status).toBe(200);
    expect(text).toBeUndefined();
  });
});

async function crowd(size: number): Promise<{ api: Agent; users: User[] }> {
  const api = await usersServer();
  const drafts = Array.from({ length: size }, (_, i) => ({ email: `user${i}@example.com`, displayName: `User ${i}` }));
  return { api, users: await Promise.all(drafts.map((draft) => created(api, draft))) };
}

async function pagesOf(api: Agent, pageSize: number): Promise<User[][]> {
  const pages: User[][] = [];
  let pageToken: string | undefined;
  do {
    const { body } = await api.get('/users').query({ pageSize, pageToken }).expect(200);
    pages.push(body.value);
    pageToken = body.nextPageToken;
  } while (pageToken);
  return pages;
}

function idsOf(users: User[]): string[] {
  return users.map(({ id }) => id);
}
