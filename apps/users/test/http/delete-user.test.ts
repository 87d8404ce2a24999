import { describe, expect, it } from 'vitest';
import { created, unknownId, usersServer } from '../users-server.ts';

describe('DELETE /users/{id}', () => {
  it('204 without a body, and the user is not there any more', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, text } = await api.delete(`/users/${id}`);
    expect([status, text]).toEqual([204, '']);
    expect((await api.get(`/users/${id}`)).status).toBe(404);
    expect((await api.get('/users')).body).toEqual({ value: [] });
  });

  it.for(['*', '"1"', '"7"', undefined])('204 again, with If-Match %s', async (tag) => {
    const api = await usersServer();
    const { id } = await created(api);
    await api.delete(`/users/${id}`).set('if-match', '"1"').expect(204);
    const again = api.delete(`/users/${id}`);
    const { status, text } = await (tag === undefined ? again : again.set('if-match', tag));
    expect([status, text]).toEqual([204, '']);
  });

  it.for(['"2"', 'W/"1"', '1'])('412 for If-Match %s, and the user is still there', async (tag) => {
    const api = await usersServer();
    const user = await created(api);
    const { status, body } = await api.delete(`/users/${user.id}`).set('if-match', tag);
    expect(status).toBe(412);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:precondition-failed' });
    expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
  });

  it('204 frees the address', async () => {
    const api = await usersServer();
    const { id, email } = await created(api);
    await api.delete(`/users/${id.toUpperCase()}`).expect(204);
    expect(await created(api)).toMatchObject({ email });
  });

  it('404 for an id that no user has', async () => {
    const { status, body } = await (await usersServer()).delete(`/users/${unknownId}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:not-found' });
  });

  it('400 for an id that is none', async () => {
    const { status, body } = await (await usersServer()).delete('/users/all');
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: 'id' })]);
  });
});
