import { describe, expect, test } from 'vitest';
import {
  type At,
  deletedUser,
  draft,
  expectFault,
  expectProblem,
  mark,
  newUser,
  send,
  type UserBody,
} from './users-api.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `POST /users` */
export function createContract(at: At): void {
  const post = <Body>(json: unknown, path = '/users') => send<Body>(at, path, { method: 'POST', json });

  describe('POST /users', () => {
    test('201 with the user, Location and a strong ETag', async () => {
      const json = draft({ externalId: mark(), attributes: { team: 'compilers' } });
      const { status, body, headers } = await post<UserBody>(json);
      expect(status).toBe(201);
      expect(body).toMatchObject({ ...json, status: 'active', id: expect.stringMatching(uuidV7), version: 1 });
      expect(body.createdAt).toBe(body.updatedAt);
      expect(new Date(body.createdAt).toISOString()).toBe(body.createdAt);
      expect(headers.get('etag')).toBe('"1"');
      expect(headers.get('location')).toMatch(new RegExp(`/users/${body.id}$`));
    });

    test('the Location leads to the user', async () => {
      const { body, headers } = await post<UserBody>(draft());
      const found = await send(at, headers.get('location') ?? '');
      expect(found).toMatchObject({ status: 200, body });
    });

    test('what is not said is not there', async () => {
      const { body } = await post<UserBody>(draft());
      expect(Object.keys(body)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(externalId|attributes)$/)]),
      );
    });

    test('/v1/users is the same collection', async () => {
      const { status, body } = await post<UserBody>(draft(), '/v1/users');
      expect(status).toBe(201);
      expect(await send(at, `/users/${body.id}`)).toMatchObject({ status: 200, body });
      expect(await send(at, `/v1/users/${body.id}`)).toMatchObject({ status: 200, body });
    });

    test('the e-mail address is kept in lower case', async () => {
      const name = mark();
      const { status, body } = await post<UserBody>(draft({ email: `${name.toUpperCase()}@Example.COM` }));
      expect(status).toBe(201);
      expect(body.email).toBe(`${name}@example.com`);
    });

    test("names of all the world are kept as they are: O'Brien, 小林, José, emoji", async () => {
      for (const displayName of [
        "Conan O'Brien",
        '小林 宏美',
        'José Núñez-Ąćę',
        'Ünïcode 👩🏽‍💻',
        'D’Arcy & Sons <Ltd>',
        'نور',
      ]) {
        const { status, body } = await post<UserBody>(draft({ displayName, attributes: { tag: 'env:prod' } }));
        expect(status, displayName).toBe(201);
        expect(body).toMatchObject({ displayName, attributes: { tag: 'env:prod' } });
      }
    });
  });

  describe('POST /users refuses', () => {
    test('409 an e-mail address that another user has, in any case', async () => {
      const { user } = await newUser(at);
      expectProblem(await post(draft({ email: user.email?.toUpperCase() })), 409);
    });

    test('201 with the e-mail address of a user that is deleted', async () => {
      const { user } = await deletedUser(at);
      const { status, body } = await post<UserBody>(draft({ email: user.email }));
      expect(status).toBe(201);
      expect(body.id).not.toBe(user.id);
    });

    test('409 for all but one of many that want one e-mail address at once', async () => {
      const json = draft();
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(json)));
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...Array(19).fill(409)]);
    });

    test.each([
      ['/nonsense', { nonsense: 1 }],
      ['/email', { email: 'nobody' }],
      ['/email', { email: 7 }],
      ['/email', { email: null }],
      ['/displayName', { displayName: '' }],
      ['/displayName', { displayName: '   ' }],
      ['/displayName', { displayName: 'x'.repeat(201) }],
      ['/displayName', { displayName: 'two\nlines' }],
      ['/externalId', { externalId: ['a'] }],
      ['/attributes', { attributes: 'none' }],
      ['/attributes/a', { attributes: { a: 1 } }],
      ['/id', { id: '01a2090e-3ea0-7316-a1cd-dc499850924f' }],
      ['/version', { version: 7 }],
    ])('422 that points at %s for %j', async (pointer, changes) => {
      expectFault(await post(draft(changes)), pointer);
    });

    test.each(['email', 'displayName'])('422 without %s', async (name) => {
      const { [name]: _, ...rest } = draft();
      const answer = await post<never>(rest);
      expectProblem(answer, 422);
    });

    test.each([[[]], ['text'], [7], [null]])('422 for a body that is no object: %j', async (json) => {
      expectProblem(await post(json), 422);
    });

    test('nothing is kept of what was refused', async () => {
      const json = draft({ nonsense: 1 });
      await post(json);
      const { body } = await send<{ value: unknown[] }>(at, `/users?email=${json['email']}`);
      expect(body.value).toEqual([]);
    });
  });
}
