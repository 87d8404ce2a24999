import { describe, expect, it } from 'vitest';
import { ada, created, grace, tagOf, unknownId, usersServer } from '../users-server.ts';

const full = { ...ada, externalId: 'hr-7', attributes: { team: 'engines', room: '1' } };

describe('PATCH /users/{id}', () => {
  it('200 with the changed user', async () => {
    const api = await usersServer();
    const user = await created(api, full);
    const { status, body } = await api
      .patch(`/users/${user.id}`)
      .set('if-match', '*')
      .send({ displayName: 'Ada', status: 'suspended' });
    expect(status).toBe(200);
    expect(body).toEqual({ ...user, displayName: 'Ada', status: 'suspended', updatedAt: body.updatedAt, version: 2 });
    expect((await api.get(`/users/${user.id}`)).body).toEqual(body);
  });

  it('200 with a later updatedAt, and createdAt as it was', async () => {
    const { status, body } = await changedAt(['2026-11-23T15:44:20.057Z', '2026-11-23T15:44:20.058Z']);
    expect(status).toBe(200);
    expect(body.createdAt).toBe('2026-11-23T15:44:20.057Z');
    expect(body.updatedAt).toBe('2026-11-23T15:44:20.058Z');
  });

  it('200 with updatedAt as it was, where another clock was ahead', async () => {
    const { status, body } = await changedAt(['2026-11-23T15:44:20.057Z', '2026-11-23T15:44:19.999Z']);
    expect(status).toBe(200);
    expect(body).toMatchObject({ displayName: 'Ada', updatedAt: '2026-11-23T15:44:20.057Z' });
  });

  it('200 for application/merge-patch+json', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    const request = api.patch(`/users/${id}`).set('if-match', '*').type('application/merge-patch+json');
    const { status, body } = await request.send('{"displayName":"Ada"}');
    expect(status).toBe(200);
    expect(body).toMatchObject({ displayName: 'Ada' });
  });

  it('200 removing what is null', async () => {
    const api = await usersServer();
    const { id } = await created(api, full);
    const { status, body } = await api
      .patch(`/users/${id}`)
      .set('if-match', '*')
      .send({ externalId: null, attributes: null });
    expect(status).toBe(200);
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['externalId']));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['attributes']));
  });

  it('200 merging attributes one by one', async () => {
    const api = await usersServer();
    const { id } = await created(api, full);
    const { status, body } = await api
      .patch(`/users/${id}`)
      .set('if-match', '*')
      .send({ attributes: { room: null, desk: '2' } });
    expect(status).toBe(200);
    expect(body.attributes).toEqual({ team: 'engines', desk: '2' });
  });

  it('200 adding attributes where there were none', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, body } = await api
      .patch(`/users/${id}`)
      .set('if-match', '*')
      .send({ attributes: { desk: '2', room: null } });
    expect(status).toBe(200);
    expect(body.attributes).toEqual({ desk: '2' });
  });

  it('200 folding a new address', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, body } = await api
      .patch(`/users/${id}`)
      .set('if-match', '*')
      .send({ email: ' Countess@Example.com' });
    expect(status).toBe(200);
    expect(body.email).toBe('countess@example.com');
  });

  it('200 for the own address', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, body } = await api.patch(`/users/${id}`).set('if-match', '*').send({ email: 'ADA@example.com' });
    expect(status).toBe(200);
    expect(body.email).toBe(ada.email);
  });

  it('409 for an address that another user has', async () => {
    const api = await usersServer();
    await created(api, grace);
    const { id } = await created(api);
    const { status, body } = await api.patch(`/users/${id}`).set('if-match', '*').send({ email: grace.email });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:conflict' });
  });

  it.for(['email', 'displayName', 'status'])('422 for null on %s, which every user has', async (name) => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, body } = await api
      .patch(`/users/${id}`)
      .set('if-match', '*')
      .send({ [name]: null });
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: `/${name}` })]);
  });

  it.for([
    ['an unknown field', { role: 'admin' }, '/role'],
    ['the id', { id: unknownId }, '/id'],
    ['another status', { status: 'deleted' }, '/status'],
    ['NUL in the name', { displayName: '\0' }, '/displayName'],
    ['NUL in an attribute', { attributes: { a: '\0' } }, '/attributes/a'],
    ['half a surrogate pair in the external id', { externalId: '\ud800' }, '/externalId'],
    ['attributes that are no object', { attributes: 'a' }, '/attributes'],
  ] as const)('422 for %s', async ([, patch, pointer]) => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, body } = await api.patch(`/users/${id}`).set('if-match', '*').send(patch);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('422 for more than 32 attributes in sum, and nothing has changed', async () => {
    const api = await usersServer();
    const user = await created(api, full);
    const attributes = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`k${i}`, 'v']));
    const { status, body } = await api.patch(`/users/${user.id}`).set('if-match', '*').send({ attributes });
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/attributes', code: 'maxProperties' })]);
    expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
  });

  it('415 with Accept-Patch for another media type', async () => {
    const request = (await usersServer()).patch(`/users/${unknownId}`).type('application/json-patch+json');
    const { status, headers } = await request.send('[]');
    expect(status).toBe(415);
    expect(headers['accept-patch']).toBe('application/json, application/merge-patch+json');
  });

  it('200 with another version and entity tag, whatever the patch', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status, headers, body } = await api.patch(`/users/${user.id}`).set('if-match', tagOf(user)).send({});
    expect(status).toBe(200);
    expect(body).toEqual({ ...user, version: 2, updatedAt: body.updatedAt });
    expect(headers['etag']).toBe('"2"');
  });

  it.for(['"7", "1"', '"1","9"', ' "1" '])('200 where If-Match %s names the version', async (tags) => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, body } = await api.patch(`/users/${id}`).set('if-match', tags).send({ displayName: 'Ada' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ displayName: 'Ada' });
  });

  it.for(['"2"', 'W/"1"', '1', '"01"', '"1.0"', '""', '"a"', ',', '"99999999999999999999"'])(
    '412 for If-Match %s, and nothing has changed',
    async (tag) => {
      const api = await usersServer();
      const user = await created(api);
      const { status, body } = await api.patch(`/users/${user.id}`).set('if-match', tag).send({ displayName: 'X' });
      expect(status).toBe(412);
      expect(body).toMatchObject({ type: 'urn:seaworthy:problem:precondition-failed' });
      expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
    },
  );

  it('428 without If-Match, and nothing has changed', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status, body } = await api.patch(`/users/${user.id}`).send({ displayName: 'Ada' });
    expect(status).toBe(428);
    expect(body).toMatchObject({ detail: expect.stringContaining('If-Match') });
    expect((await api.get(`/users/${user.id}`)).body).toEqual(user);
  });

  it('404 for a user that is deleted', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    await api.delete(`/users/${id}`).expect(204);
    const { status, body } = await api.patch(`/users/${id}`).set('if-match', '"2"').send({ displayName: 'Ada' });
    expect(status).toBe(404);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:not-found' });
  });

  it('404 for an id that no user has', async () => {
    const { status, body } = await (await usersServer()).patch(`/users/${unknownId}`).set('if-match', '*').send({});
    expect(status).toBe(404);
    expect(body).toMatchObject({ detail: 'There is no user with this id.' });
  });
});

/** The answer to a change, with what the clock says when the user is created and when it is changed. */
async function changedAt(times: readonly [string, string]) {
  const clock = times.values();
  const api = await usersServer({ now: () => new Date(clock.next().value ?? Number.NaN) });
  const { id } = await created(api);
  return api.patch(`/users/${id}`).set('if-match', '*').send({ displayName: 'Ada' });
}
