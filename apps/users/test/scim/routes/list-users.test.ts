import { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import type { Agent } from 'supertest';
import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../../src/memory/memory-users.ts';
import { createdUser, errorUrn, listUrn, scimServer } from '../scim-server.ts';

const searchUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

describe('GET /scim/v2/Users', () => {
  it('200 with nobody', async () => {
    const { status, body } = await (await scimServer()).get('/scim/v2/Users');
    expect(status).toBe(200);
    expect(body).toEqual({ schemas: [listUrn], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });
  });

  it('200 with all, as each of them is shown alone', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'a' });
    const { status, body } = await api.get('/scim/v2/Users');
    expect(status).toBe(200);
    expect(body.Resources).toEqual([user]);
  });

  it.for([
    ['', { startIndex: 1, itemsPerPage: 5 }, 'abcde'],
    ['startIndex=2&count=2', { startIndex: 2, itemsPerPage: 2 }, 'bc'],
    ['startIndex=5&count=10', { startIndex: 5, itemsPerPage: 1 }, 'e'],
    ['startIndex=6', { startIndex: 6, itemsPerPage: 0 }, ''],
    ['startIndex=0', { startIndex: 1, itemsPerPage: 5 }, 'abcde'],
    ['startIndex=-7&count=1', { startIndex: 1, itemsPerPage: 1 }, 'a'],
    ['count=0', { startIndex: 1, itemsPerPage: 0 }, ''],
    ['count=-1', { startIndex: 1, itemsPerPage: 0 }, ''],
    ['count=99999999999999999999999', { startIndex: 1, itemsPerPage: 5 }, 'abcde'],
    ['startIndex=99999999999999999999999', { itemsPerPage: 0 }, ''],
    ['sortBy=userName&sortOrder=descending&unknown=1', { itemsPerPage: 5 }, 'abcde'],
  ] as const)('200 for %s', async ([query, about, names]) => {
    const { status, body } = await (await fiveUsers()).get(`/scim/v2/Users?${query}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...about, totalResults: 5 });
    expect(namesIn(body)).toBe(names);
  });

  it('200 with what is asked for of each', async () => {
    const { body } = await (await fiveUsers()).get('/scim/v2/Users?attributes=userName&count=1');
    expect(Object.keys(body.Resources[0]).toSorted()).toEqual(['id', 'schemas', 'userName']);
  });

  it('200 with no more than 200 at once', async () => {
    const users = memoryUsers();
    const api = await scimServer({ users });
    for (let n = 0; n < 201; n++) await createdUser(api, { userName: `u${n}` });
    const { status, body } = await api.get('/scim/v2/Users?count=1000&attributes=id');
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults: 201, itemsPerPage: 200 });
    expect((await api.get('/scim/v2/Users?attributes=id')).body.itemsPerPage).toBe(100);
  });

  it.for([
    ['count=x', 'invalidCount'],
    ['count=1.5', 'invalidCount'],
    ['count=1&count=2', 'invalidCount'],
    ['startIndex=x', 'invalidValue'],
    ['filter=', 'invalidFilter'],
    ['filter=userName', 'invalidFilter'],
    ['filter=id%20pr&filter=id%20pr', 'invalidFilter'],
    ['cursor=&startIndex=1', 'invalidValue'],
    ['cursor=&count=0', 'invalidCount'],
    ['cursor=made-up', 'invalidCursor'],
    ['cursor=%00', 'invalidCursor'],
    ['cursor=&cursor=', 'invalidCursor'],
  ] as const)('400 for %s', async ([query, scimType]) => {
    const { status, body } = await (await scimServer()).get(`/scim/v2/Users?${query}`);
    expect(status).toBe(400);
    expect(body).toEqual({ schemas: [errorUrn], status: '400', scimType, detail: expect.any(String) });
  });
});

describe('GET /scim/v2/Users?cursor', () => {
  it('200 page by page, without nextCursor on the last one', async () => {
    const api = await fiveUsers();
    const filter = encodeURIComponent('userName ne "c"');
    const first = await api.get(`/scim/v2/Users?cursor&count=3&filter=${filter}`);
    expect(first.body).toMatchObject({
      totalResults: 4,
      itemsPerPage: 3,
      nextCursor: expect.stringMatching(/^[\w-]+$/),
    });
    expect(first.body).not.toHaveProperty('startIndex');
    const last = await api.get(`/scim/v2/Users?cursor=${first.body.nextCursor}&count=3&filter=${filter}`);
    expect(namesIn(first.body) + namesIn(last.body)).toBe('abde');
    expect(last.body).not.toHaveProperty('nextCursor');
  });

  it('400 invalidCursor for the cursor of another filter', async () => {
    const api = await fiveUsers();
    const { nextCursor } = (await api.get('/scim/v2/Users?cursor=&count=1')).body;
    const { status, body } = await api.get('/scim/v2/Users').query({ cursor: nextCursor, filter: 'userName pr' });
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType: 'invalidCursor' });
  });

  it('400 expiredCursor for a cursor from before the key was changed', async () => {
    let key = 'a key for tests';
    const api = await fiveUsers({ tokens: new SignedTokens(() => key) });
    const { nextCursor } = (await api.get('/scim/v2/Users?cursor=&count=1')).body;
    key = 'another key for tests';
    const { status, body } = await api.get(`/scim/v2/Users?cursor=${nextCursor}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType: 'expiredCursor' });
  });
});

describe('POST /scim/v2/Users/.search', () => {
  it('200 with the same as by a query', async () => {
    const api = await fiveUsers();
    const search = {
      schemas: [searchUrn],
      filter: 'userName gt "b"',
      attributes: ['userName'],
      startIndex: 2,
      count: 1,
    };
    const { status, body } = await api
      .post('/scim/v2/Users/.search')
      .type('application/scim+json')
      .send(JSON.stringify(search));
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: [listUrn], totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    expect(body.Resources).toEqual([{ schemas: expect.any(Array), id: expect.any(String), userName: 'd' }]);
  });

  it('200 page by page', async () => {
    const api = await fiveUsers();
    const search = (cursor: string) =>
      api.post('/scim/v2/Users/.search').send({ schemas: [searchUrn], cursor, count: 4 });
    const first = (await search('')).body;
    expect(namesIn(first) + namesIn((await search(first.nextCursor)).body)).toBe('abcde');
  });

  it.for([
    [{ count: 'x' }, 'invalidCount'],
    [{ filter: 7 }, 'invalidFilter'],
    [{ attributes: [7] }, 'invalidValue'],
    [{ schemas: ['urn:example'] }, 'invalidSyntax'],
  ] as const)('400 for %j', async ([search, scimType]) => {
    const api = await scimServer();
    const { status, body } = await api.post('/scim/v2/Users/.search').send({ schemas: [searchUrn], ...search });
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType });
  });
});

describe('the root of /scim/v2', () => {
  it.for([
    ['', {}, 'abcde'],
    ['filter=userName%20gt%20%22b%22&count=1', { totalResults: 3, itemsPerPage: 1 }, 'c'],
    ['cursor=&count=2', { nextCursor: expect.any(String) }, 'ab'],
  ] as const)('200 for GET ?%s: all resources are users', async ([query, about, names]) => {
    const { status, body } = await (await fiveUsers()).get(`/scim/v2?${query}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ schemas: [listUrn], ...about });
    expect(namesIn(body)).toBe(names);
  });

  it('200 for POST /.search, with the same as for users', async () => {
    const api = await fiveUsers();
    const search = { schemas: [searchUrn], filter: 'meta.resourceType eq "User" and userName ne "c"', startIndex: 2 };
    const { status, body } = await api.post('/scim/v2/.search').send(search);
    expect(status).toBe(200);
    expect(namesIn(body)).toBe('bde');
    expect(body).toEqual((await api.post('/scim/v2/Users/.search').send(search)).body);
  });

  it('200 with nobody for POST /.search for groups', async () => {
    const search = { schemas: [searchUrn], filter: 'meta.resourceType eq "Group"' };
    const { status, body } = await (await fiveUsers()).post('/scim/v2/.search').send(search);
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  it('400 for POST /.search with another message', async () => {
    const { status, body } = await (await scimServer()).post('/scim/v2/.search').send({ schemas: ['urn:example'] });
    expect(status).toBe(400);
    expect(body).toMatchObject({ schemas: [errorUrn], scimType: 'invalidSyntax' });
  });
});

async function fiveUsers(options: Parameters<typeof scimServer>[0] = {}): Promise<Agent> {
  const minutes = Array.from({ length: 10 }, (_, n) => new Date(Date.UTC(2026, 10, 23, 10, n))).values();
  const api = await scimServer({ now: () => minutes.next().value ?? new Date(), ...options });
  for (const userName of 'abcde') await createdUser(api, { userName });
  return api;
}

function namesIn(body: { Resources: { userName: string }[] }): string {
  return body.Resources.map(({ userName }) => userName).join('');
}
