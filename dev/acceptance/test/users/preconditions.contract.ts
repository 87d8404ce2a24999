import { describe, expect, test } from 'vitest';
import { type At, type NewUser, newUser, send, type UserBody } from './users-api.ts';

const writers = 50;

/** What `If-Match` is there for: changes that meet each other (RFC 9110, 13.1.1). */
export function preconditionsContract(at: At): void {
  const change = ({ user, path }: NewUser, method: string, [tag, displayName]: readonly [string, string]) =>
    send<UserBody>(at, path, {
      method,
      headers: { 'if-match': tag },
      json: method === 'PUT' ? { email: user.email, displayName } : { displayName },
    });

  describe('If-Match', () => {
    test.each([
      ['"1"', 200],
      ['"0", "1"', 200],
      ['"1","2"', 200],
      ['*', 200],
      ['W/"1"', 412],
      ['"01"', 412],
      ['"1.0"', 412],
      ['"2"', 412],
      ['"W/1", "x,\\"1"', 412],
      ['W/"1", "3"', 412],
    ])('%s of version 1: %i for PATCH and PUT', async (tag, expected) => {
      for (const method of ['PATCH', 'PUT']) {
        const { status, text } = await change(await newUser(at), method, [tag, 'Ada']);
        expect({ method, status }, text).toEqual({ method, status: expected });
      }
    });

    test('400 or 412 for what is no entity tag, and nothing changes', async () => {
      const created = await newUser(at);
      for (const tag of ['1', '"1', 'null', "'1'"]) {
        expect([400, 412], tag).toContain((await change(created, 'PATCH', [tag, 'Ada'])).status);
      }
      expect(await send(at, created.path)).toMatchObject({ body: created.user });
    });

    test(`${writers} writers with one ETag: one is let in`, async () => {
      const created = await newUser(at);
      const calls = Array.from({ length: writers }, (_, index) =>
        change(created, index % 2 ? 'PUT' : 'PATCH', [created.etag, `writer ${index}`]),
      );
      const answers = await Promise.all(calls);
      const winners = answers.filter(({ status }) => status === 200);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(writers - 1);
      expect(winners).toHaveLength(1);
      expect((await send(at, created.path)).body).toEqual(winners[0]?.body);
    });
  });

  test(`${writers} writers that read, change and try again: every version has one winner, no change is lost`, async () => {
    const created = await newUser(at, { displayName: '.' });
    const won: number[] = [];
    const write = async (name: string) => {
      for (;;) {
        const { body, headers } = await send<UserBody>(at, created.path);
        const tag = headers.get('etag') ?? '';
        const answer = await change(created, 'PATCH', [tag, `${body.displayName}${name}`]);
        if (answer.status === 200) return won.push(answer.body.version);
        expect(answer.status, answer.text).toBe(412);
      }
    };
    const names = Array.from({ length: writers }, (_, index) => `${String(index).padStart(2, '0')}.`);
    await Promise.all(names.map(write));
    const { body } = await send<UserBody>(at, created.path);
    expect(won.sort((a, b) => a - b)).toEqual(names.map((_, index) => index + 2));
    expect(body.version).toBe(writers + 1);
    expect(body.displayName.split('.').filter(Boolean).sort()).toEqual(names.map((name) => name.slice(0, 2)));
  }, 120_000);

  test('a change that meets a deletion: one of them is refused, or the change came first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const created = await newUser(at);
      const headers = { 'if-match': created.etag };
      const [changed, removed] = await Promise.all([
        change(created, 'PATCH', [created.etag, 'Ada']),
        send(at, created.path, { method: 'DELETE', headers }),
      ]);
      const statuses = `${changed.status} ${removed.status}`;
      expect(['200 412', '404 204', '412 204']).toContain(statuses);
      expect((await send(at, created.path)).status).toBe(removed.status === 204 ? 404 : 200);
    }
  });
}
