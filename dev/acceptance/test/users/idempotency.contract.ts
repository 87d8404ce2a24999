import { describe, expect, test } from 'vitest';
import {
  type At,
  draft,
  expectProblem,
  mark,
  type PageBody,
  type ProblemBody,
  send,
  type UserBody,
} from './users-api.ts';

/** `Idempotency-Key` of `POST /users` (draft-ietf-httpapi-idempotency-key-header-07). */
export function idempotencyContract(at: At): void {
  const post = <Body = UserBody>(key: string, json: unknown, path = '/users') =>
    send<Body>(at, path, { method: 'POST', json, headers: { 'idempotency-key': key } });

  describe('Idempotency-Key', () => {
    test('a retry gets the same status, body, ETag and Location, and is told so', async () => {
      const [key, json] = [mark(), draft()];
      const first = await post(key, json);
      const again = await post(key, json);
      expect(first.status).toBe(201);
      expect(first.headers.get('idempotency-replayed')).toBeNull();
      expect(again).toMatchObject({ status: 201, text: first.text });
      for (const name of ['etag', 'location', 'content-type']) {
        expect(again.headers.get(name), name).toBe(first.headers.get(name));
      }
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    });

    test('a key is the same quoted and unquoted, and by both paths', async () => {
      const [key, json] = [mark(), draft()];
      const first = await post(`"${key}"`, json);
      expect(await post(key, json)).toMatchObject({ status: 201, text: first.text });
      expect(await post(`"${key}"`, json, '/v1/users')).toMatchObject({ status: 201, body: first.body });
    });

    test('a retry gets the first answer after the user has changed, and after it is deleted', async () => {
      const [key, json] = [mark(), draft()];
      const first = await post(key, json);
      const path = `/users/${first.body.id}`;
      await send(at, path, { method: 'PATCH', headers: { 'if-match': '*' }, json: { displayName: 'Other' } });
      expect(await post(key, json)).toMatchObject({ status: 201, text: first.text });
      await send(at, path, { method: 'DELETE' });
      expect(await post(key, json)).toMatchObject({ status: 201, text: first.text });
    });

    test('422 with another body', async () => {
      const key = mark();
      await post(key, draft());
      expectProblem(await post<ProblemBody>(key, draft()), 422);
    });

    test('a refused request does not use the key up', async () => {
      const [key, json] = [mark(), draft()];
      expectProblem(await post<ProblemBody>(key, { ...json, nonsense: 1 }), 422);
      expect((await post(key, json)).status).toBe(201);
    });

    test('keys of 255 visible characters are taken', async () => {
      const key = `${mark()}!#$%&()*+,-./:<=>?@[]^_{|}~`.padEnd(255, 'k');
      expect((await post(key, draft())).status).toBe(201);
    });

    test.each([
      ['empty', ''],
      ['too long', 'k'.repeat(256)],
      ['with a space', 'one two'],
      ['with a letter beyond ASCII', 'ké'],
    ])('400 for a key that is %s', async (_, key) => {
      expectProblem(await post<ProblemBody>(key, draft()), 400);
    });

    test('two keys are two requests', async () => {
      expect((await post(mark(), draft())).body.id).not.toBe((await post(mark(), draft())).body.id);
    });
  });

  test('1,000 creates with one key, 32 at a time: one row, and every answer is it, or 409 with Retry-After', async () => {
    const [key, json] = [mark(), draft()];
    let left = 1000;
    const answers: Awaited<ReturnType<typeof post>>[] = [];
    const worker = async () => {
      while (left-- > 0) answers.push(await post(key, json));
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    expect(answers).toHaveLength(1000);
    const created = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    expect(created.filter(({ headers }) => headers.get('idempotency-replayed') !== 'true')).toHaveLength(1);
    for (const answer of refused) {
      expect(answer.status, answer.text).toBe(409);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    const { body } = await send<PageBody>(at, `/users?email=${json['email']}&count=exact`);
    expect(body).toMatchObject({ value: [created[0]?.body], count: 1 });
  }, 120_000);
}
