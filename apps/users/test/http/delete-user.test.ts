import { describe, expect, it } from 'vitest';
import { created, unknownId, usersServer } from '../users-server.ts';

describe('DELETE /users/{id}', () => {
  it('204 without a body, then 404', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, text } = await api.delete(`/users/${id}`);
    expect([status, text]).toEqual([204, '']);
    expect((await api.delete(`/users/${id}`)).status).toBe(404);
    expect((await api.get(`/users/${id}`)).status).toBe(404);
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
