import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../../src/memory/memory-users.ts';
import { ada, created, unknownId } from '../../users-server.ts';
import { createdUser, scimServer, scimUser } from '../scim-server.ts';

describe('PUT /scim/v2/Users/{id}', () => {
  it('200 without what is not said again', async () => {
    const api = await scimServer();
    const user = await createdUser(api, {
      userName: 'b',
      externalId: 'e',
      title: 'T',
      emails: [{ value: 'b@example.com' }],
    });
    const { status, body, headers } = await api
      .put(`/scim/v2/Users/${user.id}`)
      .send(scimUser({ userName: 'c', nickName: 'C' }));
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"2"');
    expect(body).toEqual({
      schemas: user.schemas,
      id: user.id,
      userName: 'c',
      displayName: 'c',
      nickName: 'C',
      active: true,
      meta: { ...user.meta, version: '"2"', lastModified: body.meta.lastModified },
    });
  });

  it('200 with the id that was there, whatever the body says', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body } = await api.put(`/scim/v2/Users/${id}`).send(scimUser({ userName: 'b', id: unknownId }));
    expect(status).toBe(200);
    expect(body.id).toBe(id);
  });

  it('200 leaving a user suspended that nobody calls active', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b', active: false });
    const { body } = await api.put(`/scim/v2/Users/${id}`).send(scimUser({ userName: 'b' }));
    expect(body.active).toBe(false);
  });

  it('200 leaving the attributes of REST', async () => {
    const users = memoryUsers();
    const api = await scimServer({ users });
    const { id } = await created(api, { ...ada, attributes: { team: 'engines' } });
    await api
      .put(`/scim/v2/Users/${id}`)
      .send(scimUser({ userName: 'ada' }))
      .expect(200);
    expect(await users.find(id)).toMatchObject({ attributes: { team: 'engines' } });
  });

  it.for(['"1"', 'W/"1"', '*'])('200 for If-Match %s', async (tag) => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body } = await api
      .put(`/scim/v2/Users/${id}`)
      .set('if-match', tag)
      .send(scimUser({ userName: 'c' }));
    expect(status).toBe(200);
    expect(body.userName).toBe('c');
  });

  it('412 for another version, and nothing has changed', async () => {
    const api = await scimServer();
    const user = await createdUser(api, { userName: 'b' });
    const { status, body } = await api
      .put(`/scim/v2/Users/${user.id}`)
      .set('if-match', '"7"')
      .send(scimUser({ userName: 'c' }));
    expect(status).toBe(412);
    expect(body).toMatchObject({ status: '412' });
    expect((await api.get(`/scim/v2/Users/${user.id}`)).body).toEqual(user);
  });

  it('409 uniqueness for the user name of somebody else', async () => {
    const api = await scimServer();
    await createdUser(api, { userName: 'a' });
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body } = await api.put(`/scim/v2/Users/${id}`).send(scimUser({ userName: 'A' }));
    expect(status).toBe(409);
    expect(body).toMatchObject({ scimType: 'uniqueness' });
  });

  it('400 invalidValue without a user name', async () => {
    const api = await scimServer();
    const { id } = await createdUser(api, { userName: 'b' });
    const { status, body } = await api.put(`/scim/v2/Users/${id}`).send(scimUser({ title: 'T' }));
    expect(status).toBe(400);
    expect(body).toMatchObject({ scimType: 'invalidValue' });
  });

  it('404 for an id that no user has', async () => {
    const { status, body } = await (await scimServer())
      .put(`/scim/v2/Users/${unknownId}`)
      .send(scimUser({ userName: 'b' }));
    expect(status).toBe(404);
    expect(body).toMatchObject({ status: '404' });
  });
});
