import { describe, expect, test } from 'vitest';
import { type At, expectProblem, newUser, send, unknownPath } from './users-api.ts';

/** 405 and 404 (RFC 9110, 15.5.5 and 15.5.6) */
export function methodsContract(at: At): void {
  const allowed = (headers: Headers) => (headers.get('allow') ?? '').split(/,\s*/);

  describe('methods that a path does not have', () => {
    test.each(['PUT', 'PATCH', 'DELETE'])('405 with Allow for %s /users', async (method) => {
      for (const path of ['/users', '/v1/users']) {
        const answer = await send(at, path, { method });
        expectProblem(answer, 405);
        expect(allowed(answer.headers)).toEqual(expect.arrayContaining(['GET', 'HEAD', 'POST']));
        expect(allowed(answer.headers)).not.toContain(method);
      }
    });

    test('405 with Allow for POST /users/{id}', async () => {
      const answer = await send(at, (await newUser(at)).path, { method: 'POST', json: {} });
      expectProblem(answer, 405);
      expect(allowed(answer.headers)).toEqual(expect.arrayContaining(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']));
    });
  });

  test('404 for paths that are none of this API', async () => {
    for (const path of ['/', '/user', '/v2/users', `${unknownPath()}/roles`, '/scim/v1/Users']) {
      const answer = await send(at, path);
      expectProblem(answer, 404);
    }
  });
}
