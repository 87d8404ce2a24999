import { expect, it } from 'vitest';
import { pods } from './pods.ts';
import { A, B } from './refresh-options.ts';

const { start, azure } = pods();
const ageOfA = new RegExp(`groupz_snapshot_age_seconds{subscription="${A}"} (\\S+)`);

interface Page {
  value: { name: string }[];
  freshness: { stale: boolean };
  errors: { subscriptionId: string; status: number; code: string; served: boolean; retryAfterSeconds: number }[];
}

/** A pod that has read everything. */
async function loaded(changes: Record<string, string> = {}) {
  const groupz = start(changes);
  await groupz.answers('/groupz', 200);
  const page = async () => (await groupz.json('/v1/resource-groups')) as Page;
  return { ...groupz, page };
}

it('200 with everything while one subscription is throttled, which is told until it is over', async () => {
  const { page } = await loaded();
  const match = { target: 'arm', subscription: A };
  await azure().fault({ kind: 'status', status: 429, retryAfterSeconds: 3, times: 1, match });
  await expect.poll(async () => (await page()).errors, { timeout: 10_000 }).toHaveLength(1);
  const { value, freshness, errors } = await page();
  expect(value).toHaveLength(18);
  expect(freshness.stale).toBe(true);
  expect(errors[0]).toMatchObject({ subscriptionId: A, status: 429, served: true });
  expect(errors[0]?.retryAfterSeconds).toBeLessThanOrEqual(4);
  await expect.poll(async () => (await page()).errors, { timeout: 10_000 }).toEqual([]);
});

it.each([
  ['is cut off', { kind: 'truncate' }, 'InvalidAnswer'],
  ['fails', { kind: 'status', status: 500 }, 'InternalServerError'],
  ['is dropped', { kind: 'drop' }, 'Unavailable'],
  ['leads to another host', { kind: 'foreign-next-link' }, 'InvalidAnswer'],
  ['leads to itself', { kind: 'repeat-next-link' }, 'InvalidAnswer'],
])(
  '200 with the last good list, whole and without doubles, when a page in the middle %s',
  async (_how, fault, code) => {
    const { page, get } = await loaded();
    await azure().fault({ ...fault, skip: 1, match: { target: 'arm', subscription: A } });
    await expect.poll(async () => (await page()).errors, { timeout: 15_000 }).toMatchObject([{ subscriptionId: A }]);
    const { value, errors } = await page();
    expect(new Set(value.map(({ name }) => name)).size).toBe(18);
    expect(errors[0]?.code).toBe(code);
    expect((await get('/readyz')).status).toBe(200);
  },
);

it('counts what fails', async () => {
  const { text } = await loaded();
  await azure().fault({ kind: 'truncate', match: { target: 'arm', subscription: B } });
  const metrics = () => text('/metrics');
  await expect
    .poll(metrics, { timeout: 10_000 })
    .toMatch(new RegExp(`groupz_refresh_total{subscription="${B}",outcome="invalid-answer"} [1-9]`));
});

it('503 once what it knows is too old, and 200 again when Azure is well', async () => {
  const { answers } = await loaded({ STALE_LIMIT_SECONDS: '2' });
  await azure().fault({ kind: 'status', status: 503, times: 12 });
  await answers('/groupz', 503);
  await answers('/v1/resource-groups', 503);
  await azure().reset();
  await answers('/groupz', 200);
});

it('lists on while its projected token rotates and all access tokens are revoked, again and again', async () => {
  const { names, page } = await loaded();
  for (let nth = 0; nth < 3; nth += 1) {
    await azure().rotateToken();
    await azure().revokeTokens();
    await azure().put(B, { name: `rg-after-rotation-${nth}` });
    await expect.poll(names, { timeout: 10_000 }).toContain(`rg-after-rotation-${nth}`);
  }
  expect((await page()).value).toHaveLength(21);
});

it('lists once a federated credential has spread that was not known at first', async () => {
  await azure().fault({ kind: 'federation-pending', match: { target: 'entra' }, times: 2 });
  const groupz = start();
  await expect.poll(() => groupz.output(), { timeout: 10_000 }).toContain('federation-pending');
  await groupz.answers('/groupz', 200);
  expect(groupz.output()).toContain('system:serviceaccount:seaworthy:groupz');
});

it.each([0, 1])('exits 0 on SIGTERM while page %i of a reading is slow, and does not wait for it', async (skip) => {
  const { stop, text } = await loaded();
  await azure().fault({ kind: 'delay', milliseconds: 60_000, skip, match: { target: 'arm', subscription: A } });
  const age = async () => Number(ageOfA.exec(await text('/metrics'))?.[1]);
  await expect.poll(age, { timeout: 10_000 }).toBeGreaterThan(2);
  expect(await stop()).toBe(0);
});

it('exits 0 on SIGTERM while its first reading is slow', async () => {
  await azure().fault({ kind: 'delay', milliseconds: 60_000 });
  const groupz = start();
  await groupz.answers('/livez', 200);
  expect(await groupz.stop()).toBe(0);
});
