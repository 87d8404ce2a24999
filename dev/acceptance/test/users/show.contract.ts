import { describe, expect, test } from 'vitest';
import {
  type At,
  deletedUser,
  expectProblem,
  expectProblemOrStopped,
  newUser,
  send,
  unknownPath,
} from './users-api.ts';

/** `GET` and `HEAD /users/{id}` */
export function showContract(at: At): void {
  describe('GET /users/{id}', () => {
    test('200 with the user and its ETag', async () => {
      const { user, path, etag } = await newUser(at, { attributes: { a: 'b' } });
      const { status, body, headers } = await send(at, path);
      expect(status).toBe(200);
      expect(body).toEqual(user);
      expect(headers.get('etag')).toBe(etag);
      expect(headers.get('content-type')).toMatch(/^application\/json\b/);
    });

    test('an id is read in upper case as well (RFC 9562, section 4)', async () => {
      const { user } = await newUser(at);
      expect(await send(at, `/users/${user.id.toUpperCase()}`)).toMatchObject({ status: 200, body: user });
    });

    test('HEAD: the same without a body', async () => {
      const { path, etag } = await newUser(at);
      const { status, text, headers } = await send(at, path, { method: 'HEAD' });
      expect({ status, text }).toEqual({ status: 200, text: '' });
      expect(headers.get('etag')).toBe(etag);
    });

    test.each(['GET', 'HEAD'])('%s: 304 without a body for the ETag that one has', async (method) => {
      const { path, etag } = await newUser(at);
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const { status, text, headers } = await send(at, path, { method, headers: { 'if-none-match': tag } });
        expect({ tag, status, text }).toEqual({ tag, status: 304, text: '' });
        expect(headers.get('etag')).toBe(etag);
      }
    });

    test('200 for other ETags', async () => {
      const { path } = await newUser(at);
      for (const tag of ['"2"', 'W/"2"', '"11"', '"", "x"']) {
        expect((await send(at, path, { headers: { 'if-none-match': tag } })).status, tag).toBe(200);
      }
    });

    test('412 where If-Match names another version (RFC 9110, 13.1.1)', async () => {
      const { path, etag } = await newUser(at);
      expectProblem(await send(at, path, { headers: { 'if-match': '"7"' } }), 412);
      expect((await send(at, path, { headers: { 'if-match': etag } })).status).toBe(200);
    });

    test('404 for a user that never was, or is deleted', async () => {
      const { path } = await deletedUser(at);
      expectProblem(await send(at, unknownPath()), 404);
      expectProblem(await send(at, path), 404);
      expect(await send(at, path, { method: 'HEAD' })).toMatchObject({ status: 404, text: '' });
    });

    test('404 rather than 304 for a user that is deleted', async () => {
      const { path, etag } = await deletedUser(at);
      expectProblem(await send(at, path, { headers: { 'if-none-match': etag } }), 404);
    });

    test.each(['7', 'not-a-uuid', '01a2090e-3ea0-7316-a1cd-dc499850924', '%00'])('400 for the id %s', async (id) => {
      const answer = await send(at, `/users/${id}`);
      if (id === '%00') expectProblemOrStopped(at, answer, 400);
      else expectProblem(answer, 400);
    });
  });
}
