import { describe, expect, test } from 'vitest';
import { type At, draft, expectProblem, expectProblemOrStopped, mark, send, unknownPath } from './users-api.ts';

/** Errors: RFC 9457, and what a caller may do wrong beside the rules of a user. */
export function problemsContract(at: At): void {
  const post = (text: string) => send(at, '/users', { method: 'POST', text });

  describe('problem details', () => {
    test('say type, title, status and detail, and nothing of the inside', async () => {
      const answer = await send(at, unknownPath());
      expectProblem(answer, 404);
      expect(answer.body.detail).toEqual(expect.any(String));
      expect(answer.text).not.toMatch(/stack|node_modules|\.ts\b|select |postgres|pglite/i);
    });

    test.each(['', '{', '{"email":', '{"a":1}}', "{'email':'x'}", '{"a":1,}', 'NaN', '\u0000'])(
      '400 for the JSON text %j',
      async (text) => {
        const answer = await post(text);
        expectProblemOrStopped(at, answer, 400);
      },
    );

    test('400 or 422 for names that would reach into prototypes', async () => {
      for (const name of ['__proto__', 'constructor', 'prototype']) {
        const answer = await post(`{"email":"${mark()}@example.com","displayName":"x","${name}":{"admin":true}}`);
        expect([400, 422], answer.text).toContain(answer.status);
      }
    });

    test('several faults are told at once', async () => {
      const answer = await post(JSON.stringify({ email: 'x', displayName: '', nonsense: 1 }));
      expectProblem(answer, 422);
      const pointers = answer.body.errors?.map(({ pointer }) => pointer);
      expect(pointers).toEqual(expect.arrayContaining(['/email', '/displayName']));
    });

    test('413 for a body beyond 64 KB', async () => {
      const answer = await post(JSON.stringify(draft({ displayName: 'x'.repeat(100_000) })));
      expectProblemOrStopped(at, answer, 413);
    });

    test('a body of NUL, half a surrogate pair or a byte order mark in a text is 422', async () => {
      for (const escaped of ['\\u0000', '\\ud800', '\\ufeff']) {
        const answer = await post(`{"email":"${mark()}@example.com","displayName":"a${escaped}b"}`);
        expectProblemOrStopped(at, answer, 422);
      }
    });

    test.each(['%', '%zz', '%c3%28'])('400 or 404 for the path /users/%s', async (id) => {
      const { status } = await send(at, `/users/${id}`);
      expect(at().firewall ? [400, 403, 404] : [400, 404]).toContain(status);
    });
  });
}
