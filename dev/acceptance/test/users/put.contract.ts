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

/** `PUT /users/{id}` */
export function putContract(at: At): void {
  const put = <Body = UserBody>(path: string, headers: Record<string, string>, json: unknown = draft()) =>
    send<Body>(at, path, { method: 'PUT', headers, json });
  const onlyNew = { 'if-none-match': '*' };

  describe('PUT /users/{id} with If-Match', () => {
    test('200 with the user replaced: what is not said is removed, the status is active', async () => {
      const { user, path, etag } = await newUser(at, { externalId: mark(), attributes: { a: 'b' } });
      await send(at, path, { method: 'PATCH', headers: { 'if-match': etag }, json: { status: 'suspended' } });
      const json = draft({ displayName: 'Ada' });
      const { status, body, headers } = await put(path, { 'if-match': '"2"' }, json);
      expect(status).toBe(200);
      expect(body).toEqual({
        ...{ ...json, id: user.id, status: 'active', version: 3 },
        ...{ createdAt: user.createdAt, updatedAt: expect.any(String) },
      });
      expect(headers.get('etag')).toBe('"3"');
      expect(await send(at, path)).toMatchObject({ status: 200, body });
    });

    test('200 with the status that the body names', async () => {
      const { user, path } = await newUser(at);
      const { body } = await put(path, { 'if-match': '*' }, draft({ email: user.email, status: 'suspended' }));
      expect(body.status).toBe('suspended');
    });

    test('412 for another version, and nothing changes', async () => {
      const { user, path } = await newUser(at);
      for (const tag of ['"2"', 'W/"1"', '"x", "y"']) {
        expectProblem(await put<ProblemBody>(path, { 'if-match': tag }), 412);
      }
      expect(await send(at, path)).toMatchObject({ body: user });
    });

    test('412 where there is no such user, never was or deleted', async () => {
      const { path, etag } = await deletedUser(at);
      for (const tag of [etag, '*']) {
        expectProblem(await put<ProblemBody>(path, { 'if-match': tag }), 412);
        expectProblem(await put<ProblemBody>(unknownPath(), { 'if-match': tag }), 412);
      }
    });

    test('409 for the e-mail address of another user', async () => {
      const [{ user }, { path, etag }] = await Promise.all([newUser(at), newUser(at)]);
      expectProblem(await put<ProblemBody>(path, { 'if-match': etag }, draft({ email: user.email })), 409);
    });

    test.each([
      ['/status', { status: 'deleted' }],
      ['/nonsense', { nonsense: true }],
      ['/email', { email: 'x' }],
      ['/externalId', { externalId: null }],
    ])('422 that points at %s for %j', async (pointer, changes) => {
      const { path, etag } = await newUser(at);
      expectFault(await put<ProblemBody>(path, { 'if-match': etag }, draft(changes)), pointer);
    });
  });

  describe('PUT /users/{id} with If-None-Match: *', () => {
    test('201 creates the user with that id', async () => {
      const path = unknownPath();
      const json = draft({ status: 'suspended' });
      const { status, body, headers } = await put(path, onlyNew, json);
      expect(status).toBe(201);
      expect(body).toMatchObject({ ...json, id: path.slice('/users/'.length), version: 1 });
      expect(headers.get('etag')).toBe('"1"');
      expect(await send(at, path)).toMatchObject({ status: 200, body });
    });

    test('412 where the user exists', async () => {
      const { user, path } = await newUser(at);
      expectProblem(await put<ProblemBody>(path, onlyNew), 412);
      expect(await send(at, path)).toMatchObject({ body: user });
    });

    test('201 for one of many that want one id at once', async () => {
      const path = unknownPath();
      const answers = await Promise.all(Array.from({ length: 20 }, () => put(path, onlyNew)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(412)]);
    });
  });

  test('428 for PUT with neither, and nothing is created', async () => {
    const [{ user, path }, unknown] = [await newUser(at), unknownPath()];
    expectProblem(await put<ProblemBody>(path, {}), 428);
    expectProblem(await put<ProblemBody>(unknown, {}), 428);
    expect(await send(at, path)).toMatchObject({ body: user });
    expectProblem(await send(at, unknown), 404);
  });
}
