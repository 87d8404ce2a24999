import type { ResourceGroupPage } from '@seaworthy/contracts/groupz';
import { expect, it } from 'vitest';
import { crowd } from '../groups.ts';
import { A, B } from '../refresh-options.ts';
import { serve } from './serve.ts';

const path = '/v1/resource-groups';
type Served = Awaited<ReturnType<typeof serve>>;

const four = () =>
  new Map([
    [A, ['rg-1', 'rg-2', 'rg-3']],
    [B, ['rg-4']],
  ]);

async function pageOf({ http }: Pick<Served, 'http'>, query: Record<string, string | number>) {
  const { status, body, headers } = await http.get(path).query(query);
  return { status, headers, page: body as ResourceGroupPage, problem: body };
}

const names = ({ value }: ResourceGroupPage) => value.map(({ name }) => name);

it('200 with each of 10,000 groups once, in 20 pages of one snapshot, while the groups change', async () => {
  const served = await serve({ groups: crowd(20, 500) });
  const [first = ''] = served.groups.keys();
  const seen: (string | undefined)[] = [];
  for (let query: { pageSize: number; pageToken?: string } | undefined = { pageSize: 500 }; query; ) {
    const { page } = await pageOf(served, query);
    seen.push(...names(page));
    served.groups.set(first, (served.groups.get(first) ?? []).slice(9));
    await served.advance(60);
    query = page.nextPageToken === undefined ? undefined : { pageSize: 500, pageToken: page.nextPageToken };
  }
  expect(seen).toHaveLength(10_000);
  expect(new Set(seen).size).toBe(10_000);
});

it('200 with 100 groups where no page size is given', async () => {
  const { page } = await pageOf(await serve({ groups: crowd(1, 101) }), {});
  expect(page.value).toHaveLength(100);
  expect(page.nextPageToken).toBeDefined();
});

it('200 with the rest for the same token and another page size', async () => {
  const served = await serve({ groups: four() });
  const { nextPageToken = '' } = (await pageOf(served, { pageSize: 1 })).page;
  const { page } = await pageOf(served, { pageSize: 500, pageToken: nextPageToken });
  expect(names(page)).toEqual(['rg-2', 'rg-3', 'rg-4']);
  expect(page).not.toHaveProperty('nextPageToken');
});

it('200 for a query that says the same in another way', async () => {
  const served = await serve({ groups: four() });
  const { nextPageToken = '' } = (await pageOf(served, { pageSize: 1, location: 'West Europe', name: 'RG' })).page;
  const { status } = await pageOf(served, { pageToken: nextPageToken, name: 'rg', location: 'westeurope' });
  expect(status).toBe(200);
});

it('200 with the cursor for changes on first pages only', async () => {
  const served = await serve({ groups: four() });
  const first = await pageOf(served, { pageSize: 1 });
  const second = await pageOf(served, { pageSize: 1, pageToken: first.page.nextPageToken ?? '' });
  expect(first.headers).toHaveProperty('link');
  expect(second.headers).not.toHaveProperty('link');
});

it.each([{ sort: '-name' }, { fields: 'name' }, { name: 'rg' }, { subscription: A }, { tagKey: 'env' }])(
  '400 for a token together with another query: %o',
  async (other) => {
    const served = await serve({ groups: four() });
    const { nextPageToken = '' } = (await pageOf(served, { pageSize: 1 })).page;
    const { status, problem } = await pageOf(served, { ...other, pageToken: nextPageToken });
    expect(status).toBe(400);
    expect(problem.errors).toMatchObject([{ pointer: '?pageToken', code: 'other-query' }]);
  },
);

it.each([
  ['made up', () => 'next'],
  ['truncated', (token: string) => token.slice(0, 20)],
  ['forged', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
])('400 for a token that is %s', async (_name, forge) => {
  const served = await serve({ groups: four() });
  const { nextPageToken = '' } = (await pageOf(served, { pageSize: 1 })).page;
  const { status, problem } = await pageOf(served, { pageToken: forge(nextPageToken) });
  expect(status).toBe(400);
  expect(problem.errors).toMatchObject([{ pointer: '?pageToken', code: 'malformed' }]);
});

it('410 with the way on when the snapshot is kept no longer', async () => {
  const served = await serve({ groups: four() });
  const { nextPageToken = '' } = (await pageOf(served, { pageSize: 1 })).page;
  served.groups.set(A, ['rg-z']);
  await served.advance(900);
  const { status, problem } = await pageOf(served, { pageToken: nextPageToken });
  expect(status).toBe(410);
  expect(problem).toMatchObject({
    type: 'urn:seaworthy:problem:gone',
    detail: expect.stringContaining('begin again without pageToken'),
  });
});

it('410 when seventeen newer snapshots are being paged through', async () => {
  const served = await serve({ groups: four() });
  const { nextPageToken = '' } = (await pageOf(served, { pageSize: 1 })).page;
  for (let nth = 0; nth < 16; nth += 1) {
    served.groups.set(A, [`rg-${nth}`, 'rg-x']);
    await served.advance(40);
    await served.advance(20);
    await pageOf(served, { pageSize: 1 });
  }
  expect((await pageOf(served, { pageToken: nextPageToken })).status).toBe(410);
});
