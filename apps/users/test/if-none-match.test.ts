import type { Agent, Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../src/memory/memory-users.ts';
import { coreUrn, patchUrn } from './scim/scim-server.ts';
import { ada, created, grace, usersServer } from './users-server.ts';

type Write = (api: Agent, id: string, ifNoneMatch: string, ifMatch?: string) => Promise<Response>;

const scimUser = { schemas: [coreUrn], userName: 'ada' };
const patch = { schemas: [patchUrn], Operations: [{ op: 'add', path: 'title', value: 'Countess' }] };

// REST wants an If-Match from those who change something.
const writes: readonly (readonly [string, Write])[] = [
  ['PATCH /users/{id}', (api, id, none, match = '*') => conditional(api.patch(`/users/${id}`), none, match).send({})],
  ['PUT /users/{id}', (api, id, none, match = '*') => conditional(api.put(`/users/${id}`), none, match).send(grace)],
  ['DELETE /users/{id}', (api, id, none, match) => conditional(api.delete(`/users/${id}`), none, match)],
  ['PATCH of SCIM', (api, id, none, match) => conditional(api.patch(`/scim/v2/Users/${id}`), none, match).send(patch)],
  ['PUT of SCIM', (api, id, none, match) => conditional(api.put(`/scim/v2/Users/${id}`), none, match).send(scimUser)],
  ['DELETE of SCIM', (api, id, none, match) => conditional(api.delete(`/scim/v2/Users/${id}`), none, match)],
];

describe.for(writes)('%s with If-None-Match', ([, write]) => {
  it.for(['"1"', 'W/"1"', '"7", "1"'])('412 for %s, and nothing is done', async (tags) => {
    const api = await usersServer();
    const user = await created(api, ada);
    const { status } = await write(api, user.id, tags);
    expect(status).toBe(412);
    expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
  });

  it('done for another version', async () => {
    const api = await usersServer();
    const { id } = await created(api, ada);
    expect((await write(api, id, '"2"')).status).toBeLessThan(300);
  });

  it('412 for another version, where If-Match names another one, too', async () => {
    const api = await usersServer();
    const { id } = await created(api, ada);
    expect((await write(api, id, '"2"', '"3"')).status).toBe(412);
  });

  it('412 where another writer makes a new version of it in between', async () => {
    const users = memoryUsers();
    const api = await usersServer({ users });
    const { id } = await created(api, ada);
    const { find } = users;
    users.find = async (wanted) => {
      const user = await find(wanted);
      users.find = find;
      await users.edit(id, { externalId: 'theirs' }, { at: '2026-11-24T00:00:00.000Z' });
      return user;
    };
    expect((await write(api, id, '"2"')).status).toBe(412);
    expect((await api.get(`/users/${id}`)).body).toMatchObject({ externalId: 'theirs', version: 2 });
  });
});

it('412 for a PUT of SCIM with If-None-Match: *, which cannot create', async () => {
  const api = await usersServer();
  const { id } = await created(api, ada);
  const { status, body } = await conditional(api.put(`/scim/v2/Users/${id}`), '*').send(scimUser);
  expect(status).toBe(412);
  expect(body).toMatchObject({ status: '412', detail: expect.stringContaining('If-None-Match') });
});

it('412 for a GET of SCIM with another If-Match, 200 with this one, weak or not', async () => {
  const api = await usersServer();
  const { id } = await created(api, ada);
  const statuses = [];
  for (const tag of ['"2"', '"1"', 'W/"1"', '*'])
    statuses.push((await api.get(`/scim/v2/Users/${id}`).set('if-match', tag)).status);
  expect(statuses).toEqual([412, 200, 200, 200]);
});

it('204 for a repeated DELETE, whatever its If-None-Match', async () => {
  const api = await usersServer();
  const { id } = await created(api, ada);
  await api.delete(`/users/${id}`).expect(204);
  expect((await conditional(api.delete(`/users/${id}`), '*')).status).toBe(204);
});

function conditional<R extends ReturnType<Agent['put']>>(request: R, ifNoneMatch: string, ifMatch?: string): R {
  request.set('if-none-match', ifNoneMatch);
  return ifMatch === undefined ? request : request.set('if-match', ifMatch);
}
