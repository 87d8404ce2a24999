import type { Agent } from 'supertest';
import { describe, expect, it } from 'vitest';
import { memoryUsers } from '../../src/memory/memory-users.ts';
import { stillInProgress } from '../../src/once.ts';
import { ada, grace, tagOf, usersServer } from '../users-server.ts';

const key = '8e03978e-40d5-43dd-bc93-6894a57f9324';

function post(api: Agent, draft: object, idempotencyKey = key) {
  return api.post('/users').set('idempotency-key', idempotencyKey).send(draft);
}

describe('POST /users with an Idempotency-Key', () => {
  it('201 as the first time, and says that it is a repetition', async () => {
    const api = await usersServer();
    const first = await post(api, ada).expect(201);
    const { status, headers, body } = await post(api, ada);
    expect(status).toBe(201);
    expect(body).toEqual(first.body);
    expect(headers).toMatchObject({ etag: '"1"', location: `/users/${body.id}`, 'idempotency-replayed': 'true' });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect((await api.get('/users')).body.value).toHaveLength(1);
  });

  it('201 as the first time, whatever has become of the user', async () => {
    const api = await usersServer();
    const { body: user } = await post(api, ada);
    await api.patch(`/users/${user.id}`).set('if-match', tagOf(user)).send({ displayName: 'Countess' }).expect(200);
    const { status, body } = await post(api, ada);
    expect(status).toBe(201);
    expect(body).toEqual(user);
  });

  it('201 as the first time for the same body in another order, and the key in quotes', async () => {
    const api = await usersServer();
    const { body: user } = await post(api, ada);
    const { status, body } = await post(api, { displayName: ada.displayName, email: ada.email }, `"${key}"`);
    expect(status).toBe(201);
    expect(body).toEqual(user);
  });

  it('422 for another body, and nobody is taken in', async () => {
    const api = await usersServer();
    await post(api, ada);
    const { status, body } = await post(api, grace);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ code: 'idempotency-key' })]);
    expect((await api.get('/users')).body.value).toHaveLength(1);
  });

  it('201 for another caller with the same key', async () => {
    const users = memoryUsers();
    const [one, other] = await Promise.all(
      ['one', 'other'].map((id) => usersServer({ users, caller: { id, roles: ['Users.ReadWrite'] } })),
    );
    await post(one as Agent, ada).expect(201);
    const { status, body } = await post(other as Agent, grace);
    expect(status).toBe(201);
    expect(body).toMatchObject(grace);
  });

  it('201 for something else after a day', async () => {
    let now = '2026-11-23T12:00:00.000Z';
    const api = await usersServer({ now: () => new Date(now) });
    await post(api, ada);
    now = '2026-11-24T12:00:00.001Z';
    const { status, body } = await post(api, grace);
    expect(status).toBe(201);
    expect(body).toMatchObject(grace);
  });

  it('409 for a taken address leaves the key free', async () => {
    const api = await usersServer();
    await post(api, ada, 'another');
    await post(api, ada).expect(409);
    const { status, body } = await post(api, grace);
    expect(status).toBe(201);
    expect(body).toMatchObject(grace);
  });

  it('409 with Retry-After while the first request is in progress', async () => {
    const users = { ...memoryUsers(), add: () => Promise.reject(stillInProgress()) };
    const { status, headers } = await post(await usersServer({ users }), ada);
    expect(status).toBe(409);
    expect(headers['retry-after']).toBe('1');
  });

  it('201 as the first time for a quote within the quotes', async () => {
    const api = await usersServer();
    const { body: user } = await post(api, ada, String.raw`"a\"b\\"`);
    const { status, headers, body } = await post(api, ada, String.raw`"a\"b\\"`);
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect(body).toEqual(user);
  });

  const empty = ['""', ' ', '"', '"'.repeat(3)];
  const unbalanced = ['"abc', 'abc"', 'a"b', '"a"b"', String.raw`"abc\"`, String.raw`"a\b"`, '"abc" ;', '"a", "a"'];
  it.for([...empty, ...unbalanced, 'a b', 'é', 'k'.repeat(256)])('400 for the key %j', async (wrong) => {
    const { status, body } = await post(await usersServer(), ada, wrong);
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: 'idempotency-key', code: 'pattern' })]);
  });
});
