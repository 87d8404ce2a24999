import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../../src/memory/memory-users.ts';
import type { Users } from '../../../src/users.ts';
import { ada, created, unknownId } from '../../users-server.ts';
import { createdUser, errorUrn, patchScimUser, patchUrn, scimServer } from '../scim-server.ts';

const rename = [{ op: 'replace', path: 'displayName', value: 'Babs' }];

describe('PATCH /scim/v2/Users/{id}', () => {
  it('200 with the whole user and its next version', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'b', title: 'T' });
    const { status, body, headers } = await patchScimUser(api, user.id, rename);
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"2"');
    const meta = { ...user.meta, version: '"2"', lastModified: body.meta.lastModified };
    expect(body).toEqual({ ...user, displayName: 'Babs', meta });
  });

  it('200 with the attributes that are asked for', async () => {
    const api = await scimServer();
    const { id, schemas } = await createdUser(api, { userName: 'b' });
    const body = { schemas: [patchUrn], Operations: rename };
    const answer = await api.patch(`/scim/v2/Users/${id}?attributes=displayName`).send(body);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ id, schemas, displayName: 'Babs' });
  });

  it('200 with the same version where nothing has changed', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'b', displayName: 'Babs', emails: [{ value: 'B@example.com' }] });
    const emails = { op: 'add', path: 'emails', value: [{ value: 'B@example.com' }] };
    const { status, body } = await patchScimUser(api, user.id, [...rename, emails]);
    expect(status).toBe(200);
    expect(body).toEqual(user);
  });

  it('200 for a user that REST has taken in, whose attributes stay', async () => {
    const users = memoryUsers();
    const api = await scimServer({ users });
    const { id } = await created(api, { ...ada, attributes: { team: 'engines' } });
    const { status, body } = await patchScimUser(api, id, [{ op: 'replace', path: 'active', value: false }]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ active: false, emails: [{ value: ada.email }] });
    expect(await users.find(id)).toMatchObject({ attributes: { team: 'engines' }, status: 'suspended' });
  });

  it('200 for all of 50 writers at once, and none undoes what another has done', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const add = (n: number) => [{ op: 'add', path: 'roles', value: [{ value: `role ${n}` }] }];
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => patchScimUser(api, id, add(n))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { body } = await api.get(`/scim/v2/Users/${id}`);
    expect(new Set(body.roles.map(({ value }: { value: string }) => value)).size).toBe(50);
    expect(body.meta.version).toBe('"51"');
  });

  it('503 with Retry-After when others are faster every time', async () => {
    const users = memoryUsers();
    const find: Users['find'] = async (id) => {
      const user = await users.find(id);
      return user && { ...user, version: user.version + 1 }; // never the version that is there
    };
    const api = await scimServer({ users: { ...users, find } });
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body, headers } = await patchScimUser(api, id, rename);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
    expect(body).toMatchObject({ schemas: [errorUrn], status: '503' });
  });

  it('412 for another version than If-Match names, and nothing has changed', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'b' });
    const { status, body } = await patchScimUser(api, user.id, rename).set('if-match', 'W/"2"');
    expect(status).toBe(412);
    expect(body).toMatchObject({ status: '412' });
    expect((await api.get(`/scim/v2/Users/${user.id}`)).body).toEqual(user);
  });

  it('200 once, 412 for the others of 10 writers who have seen the same version', async () => {
    const api = await scimServer();
    const { id, meta } = await createdUser(api, { userName: 'b' });
    const write = (n: number) =>
      patchScimUser(api, id, [{ op: 'add', path: 'title', value: `${n}` }]).set('if-match', meta.version);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => write(n)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });

  it('409 uniqueness for the user name of somebody else', async () => {
    const api = await scimServer();
    await createdUser(api, { userName: 'a' });
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body } = await patchScimUser(api, id, [{ op: 'replace', path: 'userName', value: 'A' }]);
    expect(status).toBe(409);
    expect(body).toMatchObject({ scimType: 'uniqueness' });
  });

  it('404 for an id that no user has', async () => {
    const { status, body } = await patchScimUser(await scimServer(), unknownId, rename);
    expect(status).toBe(404);
    expect(body).toMatchObject({ status: '404' });
  });
});
