import { describe, expect, it } from 'vitest';
import { ada, created, grace, tagOf, unknownId, usersServer } from '../users-server.ts';

const full = { ...ada, externalId: 'hr-7', attributes: { team: 'engines' } };

describe('PUT /users/{id} with If-Match', () => {
  it('200 with the user as it was sent, and nothing else of before', async () => {
    const api = await usersServer();
    const user = await created(api, full);
    const { status, headers, body } = await api.put(`/users/${user.id}`).set('if-match', tagOf(user)).send(grace);
    expect(status).toBe(200);
    const { id, createdAt } = user;
    expect(body).toEqual({ ...grace, id, status: 'active', createdAt, updatedAt: body.updatedAt, version: 2 });
    expect(headers['etag']).toBe('"2"');
    expect((await api.get(`/users/${id}`)).body).toEqual(body);
  });

  it('200 with attributes instead of those before', async () => {
    const api = await usersServer();
    const { id } = await created(api, full);
    const replacement = { ...full, status: 'suspended', attributes: { room: '1' } };
    const { status, body } = await api.put(`/users/${id}`).set('if-match', '*').send(replacement);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'suspended', attributes: { room: '1' } });
    expect(body.attributes).not.toHaveProperty('team');
  });

  it('412 for another version, and nothing has changed', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status } = await api.put(`/users/${user.id}`).set('if-match', '"2"').send(grace);
    expect(status).toBe(412);
    expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
  });

  it.for(['*', '"1"'])('412 for If-Match %s where there is no such user', async (tag) => {
    const { status, body } = await (await usersServer()).put(`/users/${unknownId}`).set('if-match', tag).send(ada);
    expect(status).toBe(412);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:precondition-failed' });
  });

  it('409 for an address that another user has', async () => {
    const api = await usersServer();
    await created(api, grace);
    const { id } = await created(api);
    const { status, body } = await api.put(`/users/${id}`).set('if-match', '"1"').send(grace);
    expect(status).toBe(409);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/email', code: 'taken' })]);
  });
});

describe('PUT /users/{id} with If-None-Match: *', () => {
  it.for([unknownId, 'F47AC10B-58CC-4372-A567-0E02B2C3D479'])('201 with the chosen id %s', async (id) => {
    const api = await usersServer();
    const { status, headers, body } = await api.put(`/v1/users/${id}`).set('if-none-match', '*').send(full);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...full, id: id.toLowerCase(), version: 1 });
    expect(headers).toMatchObject({ etag: '"1"', location: `/v1/users/${id.toLowerCase()}` });
  });

  it('412 for a user that is there', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status } = await api.put(`/users/${user.id}`).set('if-none-match', '*').send(grace);
    expect(status).toBe(412);
    expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
  });

  it('201 for a user that was deleted, with a version that never was', async () => {
    const api = await usersServer();
    const { id } = await created(api, full);
    await api.delete(`/users/${id}`).expect(204);
    const { status, body } = await api.put(`/users/${id}`).set('if-none-match', '*').send(grace);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...grace,
      id,
      status: 'active',
      createdAt: body.createdAt,
      updatedAt: body.createdAt,
      version: 3,
    });
  });

  it('412 together with If-Match, as both cannot hold', async () => {
    const request = (await usersServer()).put(`/users/${unknownId}`).set({ 'if-none-match': '*', 'if-match': '*' });
    const { status, body } = await request.send(ada);
    expect(status).toBe(412);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:precondition-failed' });
  });
});

describe('PUT /users/{id}', () => {
  it.for([{}, { 'if-none-match': '"1"' }])('428 with the headers %j', async (headers) => {
    const { status, body } = await (await usersServer()).put(`/users/${unknownId}`).set(headers).send(ada);
    expect(status).toBe(428);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:precondition-required' });
  });

  it.for([
    ['no name', { email: ada.email }, '/displayName'],
    ['an unknown field', { ...ada, role: 'admin' }, '/role'],
    ['the version', { ...ada, version: 1 }, '/version'],
    ['null for what is optional', { ...ada, externalId: null }, '/externalId'],
    ['the status deleted', { ...ada, status: 'deleted' }, '/status'],
  ] as const)('422 for %s', async ([, replacement, pointer]) => {
    const { status, body } = await (await usersServer())
      .put(`/users/${unknownId}`)
      .set('if-none-match', '*')
      .send(replacement);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
  });
});
