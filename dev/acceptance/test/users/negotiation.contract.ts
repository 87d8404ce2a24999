import { describe, expect, test } from 'vitest';
import { type At, expectProblem, expectProblemOrStopped, newUser, send } from './users-api.ts';

const patchTypes = ['application/merge-patch+json', 'application/json'];

/** Media types: `Accept`, `Content-Type`, `Accept-Patch` */
export function negotiationContract(at: At): void {
  describe('Accept', () => {
    test.each([
      'application/json',
      'application/json;v=1',
      'application/json; v=1; q=0.5, text/html',
      'application/*',
      '*/*',
      'text/html, application/xhtml+xml, */*;q=0.1',
      'APPLICATION/JSON',
    ])('200 as application/json for %s', async (accept) => {
      const { path } = await newUser(at);
      for (const it of [path, '/users?pageSize=1', '/v1/users?pageSize=1']) {
        const { status, headers, text } = await send(at, it, { headers: { accept } });
        expect(status, text).toBe(200);
        expect(headers.get('content-type')).toMatch(/^application\/json\b/);
      }
    });

    test.each([
      'text/html',
      'application/xml',
      'application/json;v=2',
      'application/json;q=0',
      'application/json;q=0, */*;q=0',
      'image/png, text/*',
    ])('406 for %s', async (accept) => {
      const { path } = await newUser(at);
      for (const it of [path, '/users?pageSize=1']) expectProblem(await send(at, it, { headers: { accept } }), 406);
    });

    test('406 comes before anything is done', async () => {
      const { user, path } = await newUser(at);
      const headers = { accept: 'text/html', 'if-match': '*' };
      expectProblem(await send(at, path, { method: 'PATCH', headers, json: { displayName: 'X' } }), 406);
      expect(await send(at, path)).toMatchObject({ body: user });
    });
  });

  describe('Content-Type', () => {
    test.each(['application/merge-patch+json', 'application/scim+json'])('415 for a new user as %s', async (type) => {
      expectProblem(await send(at, '/users', { method: 'POST', type, text: '{}' }), 415);
    });

    test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
      '415 for a new user as %s',
      async (type) => {
        expectProblemOrStopped(at, await send(at, '/users', { method: 'POST', type, text: '{}' }), 415);
      },
    );

    test('415 with Accept-Patch for a patch in another language (RFC 5789)', async () => {
      const { path } = await newUser(at);
      const headers = { 'if-match': '*' };
      const answer = await send(at, path, { method: 'PATCH', headers, type: 'application/scim+json', text: '{}' });
      expectProblem(answer, 415);
      const offered = (answer.headers.get('accept-patch') ?? '').split(/,\s*/);
      expect(offered).toEqual(expect.arrayContaining(patchTypes));
    });

    test('415 for a JSON Patch', async () => {
      const { path } = await newUser(at);
      const answer = await send(at, path, {
        ...{ method: 'PATCH', headers: { 'if-match': '*' } },
        ...{ type: 'application/json-patch+json', text: '[]' },
      });
      expectProblemOrStopped(at, answer, 415);
    });
  });
}
