import { describe, expect, test } from 'vitest';
import { type At, deletedUser, expectProblem, mark, newUser, type PageBody, send, unknownPath } from './users-api.ts';

/** `DELETE /users/{id}` */
export function deleteContract(at: At): void {
  const remove = (path: string, ifMatch?: string) =>
    send(at, path, { method: 'DELETE', ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }) });

  describe('DELETE /users/{id}', () => {
    test('204 without a body, then 404 for who looks', async () => {
      const { path } = await newUser(at);
      expect(await remove(path)).toMatchObject({ status: 204, text: '' });
      expectProblem(await send(at, path), 404);
    });

    test('204 again, whatever If-Match says by then', async () => {
      const { path, etag } = await deletedUser(at);
      for (const tag of [undefined, etag, '"99"', '*']) expect((await remove(path, tag)).status, tag).toBe(204);
    });

    test('404 for a user that never was', async () => {
      expectProblem(await remove(unknownPath()), 404);
    });

    test('412 where If-Match names another version, and the user stays', async () => {
      const { path } = await newUser(at);
      for (const tag of ['"2"', 'W/"1"', '"0", "5"']) expectProblem(await remove(path, tag), 412);
      expect((await send(at, path)).status).toBe(200);
    });

    test('204 where If-Match names the version, in a list, or as any', async () => {
      const { path, etag } = await newUser(at);
      expect((await remove(path, `"7", ${etag}`)).status).toBe(204);
      expect((await remove((await newUser(at)).path, '*')).status).toBe(204);
    });

    test('lists have it no more, but for those of deleted ones', async () => {
      const externalId = mark();
      const { user } = await deletedUser(at, { externalId });
      const list = async (query: string) =>
        (await send<PageBody>(at, `/users?externalId=${externalId}${query}`)).body.value;
      expect(await list('')).toEqual([]);
      expect(await list('&status=active')).toEqual([]);
      expect(await list('&status=deleted')).toMatchObject([{ id: user.id, status: 'deleted' }]);
    });

    test('a deleted user cannot be changed', async () => {
      const { path } = await deletedUser(at);
      const headers = { 'if-match': '*' };
      const { status } = await send(at, path, { method: 'PATCH', headers, json: { displayName: 'Ghost' } });
      expect([404, 412]).toContain(status);
    });
  });
}
