import { expect, test } from 'vitest';
import { type At, mark, newUser, type PageBody, send } from './users-api.ts';

const standing = 2000;
const atOnce = 16;

/** Pages of a list that others change meanwhile. */
export function churnContract(at: At): void {
  const filled = fill(at);

  test.each(['createdAt', '-createdAt', 'email', '-email'])(
    'sort=%s through thousands of users while others come and go: none twice, none missed that stood still',
    async (sort) => {
      const { externalId, ids } = await filled();
      const churn = startChurn(at, externalId);
      const seen: string[] = [];
      let path = `/users?externalId=${externalId}&sort=${sort}&pageSize=100`;
      while (path !== '') {
        const { status, body, text, headers } = await send<PageBody>(at, path);
        expect(status, text).toBe(200);
        seen.push(...body.value.map(({ id }) => id));
        path = /^<(?:https?:\/\/[^/]+)?([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
      }
      expect(await churn.stop()).toBeGreaterThan(0);
      expect(new Set(seen).size).toBe(seen.length);
      const missed = [...ids].filter((id) => !seen.includes(id));
      expect(missed).toEqual([]);
    },
    120_000,
  );

  test('a page holds 50 users where no size is named, and never more than 200', async () => {
    const { externalId } = await filled();
    const lengths = ['', '&pageSize=200', '&pageSize=201', '&pageSize=100000'].map(async (size) => {
      const { body } = await send<PageBody>(at, `/users?externalId=${externalId}${size}`);
      return body.value.length;
    });
    expect(await Promise.all(lengths)).toEqual([50, 200, 200, 200]);
  }, 120_000);
}

/** Creates the users that stand still: once, when the first test asks. */
function fill(at: At): () => Promise<{ externalId: string; ids: Set<string> }> {
  let filling: Promise<{ externalId: string; ids: Set<string> }> | undefined;
  const run = async () => {
    const [externalId, ids] = [mark(), new Set<string>()];
    let left = standing;
    const worker = async () => {
      while (left-- > 0) ids.add((await newUser(at, { externalId })).user.id);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    expect(ids.size).toBe(standing);
    return { externalId, ids };
  };
  return () => {
    filling ??= run();
    return filling;
  };
}

/** Creates and deletes users of the same list until it is stopped; answers how many came. */
function startChurn(at: At, externalId: string): { stop(): Promise<number> } {
  let [running, came] = [true, 0];
  const worker = async () => {
    while (running) {
      const [first, second] = [await newUser(at, { externalId }), await newUser(at, { externalId })];
      for (const { path } of [first, second]) await send(at, path, { method: 'DELETE' });
      came += 2;
    }
  };
  const workers = Promise.all([worker(), worker()]);
  return {
    async stop() {
      running = false;
      await workers;
      return came;
    },
  };
}
