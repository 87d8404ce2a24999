import { Problem } from '@seaworthy/chassis/problem';
import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../src/memory/memory-users.ts';
import { created, unknownId, usersServer } from '../users-server.ts';

describe('GET /users/{id}', () => {
  it('200 with the user', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status, headers, body } = await api.get(`/users/${user.id}`);
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"1"');
    expect(body).toEqual(user);
  });

  it.for(['"1"', 'W/"1"', '"7", "1"', '*'])('304 without a body for If-None-Match %s', async (tag) => {
    const api = await usersServer();
    const { id } = await created(api);
    const { status, headers, text } = await api.get(`/users/${id}`).set('if-none-match', tag);
    expect([status, text]).toEqual([304, '']);
    expect(headers['etag']).toBe('"1"');
  });

  it.for(['"2"', '1', 'W/1', '"a"', ''])('200 for If-None-Match %s', async (tag) => {
    const api = await usersServer();
    const user = await created(api);
    const { status, body } = await api.get(`/users/${user.id}`).set('if-none-match', tag);
    expect(status).toBe(200);
    expect(body).toEqual(user);
  });

  it('412 where If-Match names another version', async () => {
    const api = await usersServer();
    const { id } = await created(api);
    await api.get(`/users/${id}`).set('if-match', '"1"').expect(200);
    const { status, body } = await api.get(`/users/${id}`).set('if-match', '"2"');
    expect(status).toBe(412);
    expect(body).toMatchObject({ type: 'urn:seaworthy:problem:precondition-failed' });
  });

  it('200 with every attribute that was sent', async () => {
    const api = await usersServer();
    const attributes = { success: 'p', Cc: 's', '{}': 'C', 'a b': '\u2028', toString: 'y' };
    const user = await created(api, { email: 'a@b.c', displayName: 'A', attributes });
    expect((await api.get(`/users/${user.id}`)).body.attributes).toEqual(attributes);
  });

  it('200 for an id in upper case', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status, body } = await api.get(`/users/${user.id.toUpperCase()}`);
    expect(status).toBe(200);
    expect(body).toEqual(user);
  });

  it('200 without a body for HEAD', async () => {
    const api = await usersServer();
    const user = await created(api);
    const { status, headers, text } = await api.head(`/users/${user.id}`);
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
    expect(text).toBeUndefined();
  });

  it('404 for an id that no user has', async () => {
    const { status, body } = await (await usersServer()).get(`/users/${unknownId}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ detail: 'There is no user with this id.' });
  });

  it.for(['1', 'me', '%00', '..%2Fusers', `${unknownId}0`, `urn:uuid:${unknownId}`])(
    '400 for the id %s',
    async (id) => {
      const { status, body } = await (await usersServer()).get(`/users/${id}`);
      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer: 'id', code: 'format' })]);
    },
  );

  it('405 with Allow for another method', async () => {
    const { status, headers } = await (await usersServer()).post(`/users/${unknownId}`).send({});
    expect(status).toBe(405);
    expect(headers['allow']).toBe('DELETE, GET, HEAD, PATCH, PUT');
  });

  it('503 with Retry-After while the store does not answer', async () => {
    const outage = new Problem('unavailable', 'The database does not answer.', { retryAfterSeconds: 2 });
    const users = { ...memoryUsers(), find: () => Promise.reject(outage) };
    const { status, headers, body } = await (await usersServer({ users })).get(`/users/${unknownId}`);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('2');
    expect(body).toMatchObject({ detail: 'The database does not answer.' });
  });
});
