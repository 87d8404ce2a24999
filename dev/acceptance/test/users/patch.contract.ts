import { describe, expect, test } from 'vitest';
import {
  type At,
  deletedUser,
  draft,
  expectFault,
  expectProblem,
  mark,
  newUser,
  type ProblemBody,
  send,
  type UserBody,
  unknownPath,
} from './users-api.ts';

/** `PATCH /users/{id}`: JSON Merge Patch (RFC 7396) */
export function patchContract(at: At): void {
  const patch = <Body = UserBody>(
    path: string,
    json: unknown,
    { tag = '*', type = 'application/merge-patch+json' } = {},
  ) => send<Body>(at, path, { method: 'PATCH', type, json, headers: { 'if-match': tag } });

  describe('PATCH /users/{id}', () => {
    test.each(['application/merge-patch+json', 'application/json', 'application/merge-patch+json; charset=utf-8'])(
      '200 with what %s names changed, and the rest as it was',
      async (type) => {
        const { user, path, etag } = await newUser(at, { externalId: mark() });
        const { status, body, headers } = await patch(path, { displayName: "O'Hara" }, { tag: etag, type });
        expect(status).toBe(200);
        expect(body).toEqual({ ...user, displayName: "O'Hara", version: 2, updatedAt: expect.any(String) });
        expect(body.updatedAt >= user.updatedAt).toBe(true);
        expect(headers.get('etag')).toBe('"2"');
        expect(await send(at, path)).toMatchObject({ status: 200, body });
      },
    );

    test('null removes what is optional', async () => {
      const { path } = await newUser(at, { externalId: mark(), attributes: { a: 'b' } });
      const { status, body } = await patch(path, { externalId: null, attributes: null });
      expect(status).toBe(200);
      expect(body).not.toHaveProperty('externalId');
      expect(body).not.toHaveProperty('attributes');
    });

    test('attributes are merged one by one', async () => {
      const { path } = await newUser(at, { attributes: { keep: '1', change: '2', drop: '3' } });
      const { body } = await patch(path, { attributes: { change: '4', drop: null, add: '5', never: null } });
      expect(body.attributes).toEqual({ keep: '1', change: '4', add: '5' });
    });

    test('every patch makes a new version, one that changes nothing too', async () => {
      const { user, path } = await newUser(at);
      expect((await patch(path, {})).body).toMatchObject({ version: 2 });
      expect((await patch(path, { displayName: user.displayName })).body).toMatchObject({ version: 3 });
    });

    test('a user is suspended and made active again', async () => {
      const { path } = await newUser(at);
      for (const status of ['suspended', 'active']) {
        expect((await patch(path, { status })).body).toMatchObject({ status });
      }
    });

    test('the e-mail address is folded, and may be the own one in another case', async () => {
      const [{ user, path }, name] = [await newUser(at), mark()];
      expect((await patch(path, { email: user.email?.toUpperCase() })).body).toMatchObject({ email: user.email });
      const { body } = await patch(path, { email: `${name.toUpperCase()}@EXAMPLE.com` });
      expect(body.email).toBe(`${name}@example.com`);
    });

    test('an e-mail address that was given up is free', async () => {
      const { user, path } = await newUser(at);
      await patch(path, { email: draft()['email'] });
      expect((await newUser(at, { email: user.email })).user.email).toBe(user.email);
    });
  });

  describe('PATCH /users/{id} refuses', () => {
    test('428 without If-Match', async () => {
      const { path } = await newUser(at);
      expectProblem(await send(at, path, { method: 'PATCH', json: { displayName: 'X' } }), 428);
    });

    test('412 for another version, and nothing changes', async () => {
      const { user, path } = await newUser(at);
      for (const tag of ['"2"', 'W/"1"', '"3", W/"1"']) {
        expectProblem(await patch<ProblemBody>(path, { displayName: 'X' }, { tag }), 412);
      }
      expect(await send(at, path)).toMatchObject({ body: user });
    });

    test('404 or 412 where there is no such user', async () => {
      for (const path of [unknownPath(), (await deletedUser(at)).path]) {
        const answer = await patch<ProblemBody>(path, { displayName: 'X' });
        expectProblem(answer, answer.status === 412 ? 412 : 404);
      }
    });

    test('409 for the e-mail address of another user', async () => {
      const [{ user }, { path }] = await Promise.all([newUser(at), newUser(at)]);
      expectProblem(await patch<ProblemBody>(path, { email: user.email }), 409);
    });

    test.each([
      ['/email', { email: null }],
      ['/displayName', { displayName: null }],
      ['/status', { status: null }],
      ['/status', { status: 'deleted' }],
      ['/status', { status: 'gone' }],
      ['/id', { id: 'x' }],
      ['/createdAt', { createdAt: '2026-01-01T00:00:00Z' }],
      ['/nonsense', { nonsense: null }],
      ['/attributes/a', { attributes: { a: {} } }],
    ])('422 that points at %s for %j, and nothing changes', async (pointer, changes) => {
      const { user, path } = await newUser(at);
      expectFault(await patch<ProblemBody>(path, { externalId: mark(), ...changes }), pointer);
      expect(await send(at, path)).toMatchObject({ body: user });
    });

    test.each([[[]], ['text'], [null]])('422 for a patch that is no object: %j', async (json) => {
      const { path } = await newUser(at);
      expectProblem(await patch<ProblemBody>(path, json), 422);
    });
  });
}
