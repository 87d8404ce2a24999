import request from 'supertest';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, production, sandbox, tenantId } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
beforeEach(() => request(emulator.httpUrl).post('/_emulator/reset'));
const token = await accessToken(emulator);
const GROUPS = "resourcecontainers | where type =~ 'Microsoft.Resources/subscriptions/resourceGroups'";

const post = (body: object, { bearer = token, version = '2024-04-01' } = {}) =>
  request(emulator.httpsUrl)
    .post(`/providers/Microsoft.ResourceGraph/resources?api-version=${version}`)
    .ca(emulator.ca)
    .auth(bearer, { type: 'bearer' })
    .send(body);
const query = (text: string, options: object = {}) => post({ query: text, options });
const names = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name);

describe('200', () => {
  it('with the rows of every subscription that the caller may read', async () => {
    const { status, body } = await query('resourcecontainers');
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalRecords: 19, count: 19, facets: [], resultTruncated: 'false' });
    expect(body).not.toHaveProperty('$skipToken');
  });

  it('with subscriptions and groups in the shape of the table', async () => {
    const { body } = await query(`resourcecontainers | where id endswith '${production}' or name startswith 'MC_'`);
    expect(body.data).toEqual([
      expect.objectContaining({
        id: `/subscriptions/${production}`,
        name: 'Harbour Production',
        type: 'microsoft.resources/subscriptions',
        tenantId,
        properties: { displayName: 'Harbour Production', state: 'Enabled' },
      }),
      expect.objectContaining({
        id: `/subscriptions/${production}/resourceGroups/MC_rg-seaworthy-prod_aks-seaworthy_westeurope`,
        type: 'microsoft.resources/subscriptions/resourcegroups',
        resourceGroup: 'mc_rg-seaworthy-prod_aks-seaworthy_westeurope',
        location: 'westeurope',
        properties: { provisioningState: 'Succeeded' },
        tags: expect.objectContaining({ 'aks-managed-cluster-name': 'aks-seaworthy' }),
        managedBy: expect.stringContaining('managedClusters'),
      }),
    ]);
  });

  it('without the subscriptions that the caller may not read', async () => {
    const { body } = await post({ query: GROUPS, subscriptions: [sandbox, tenantId] });
    expect(body.totalRecords).toBe(4);
  });

  it('as a table, when asked for', async () => {
    const { body } = await query(`${GROUPS} | project name, tags | take 1`, { resultFormat: 'table' });
    expect(body.data.columns).toEqual([
      { name: 'name', type: 'string' },
      { name: 'tags', type: 'object' },
    ]);
    expect(body.data.rows).toHaveLength(1);
  });

  it.for(['2024-04-01', '2022-10-01', '2021-03-01'])('for api-version %s', async (version) => {
    expect((await post({ query: GROUPS }, { version })).status).toBe(200);
  });
});

describe('pages', () => {
  it('lead to every row once, by tokens alone', async () => {
    const found: string[] = [];
    let options: object = { $top: 6 };
    const sizes: number[] = [];
    for (let more = true; more; ) {
      const { body } = await query(GROUPS, options);
      found.push(...names(body));
      sizes.push(body.count);
      expect(body.totalRecords).toBe(17);
      more = '$skipToken' in body;
      options = { $skipToken: body.$skipToken };
    }
    expect(sizes).toEqual([6, 6, 5]);
    expect(new Set(found).size).toBe(17);
  });

  it('begin where $skip says', async () => {
    const { body } = await query(GROUPS, { $skip: 15 });
    expect(body).toMatchObject({ count: 2, totalRecords: 17 });
  });

  it('are not cut out of a query with a limit: what is too much is gone', async () => {
    const { body } = await query(`${GROUPS} | take 5`, { $top: 3 });
    expect(body).toMatchObject({ count: 3, totalRecords: 5, resultTruncated: 'true' });
    expect(body).not.toHaveProperty('$skipToken');
    expect((await query(`${GROUPS} | take 5`, { $skip: 4 })).body.count).toBe(5);
  });

  it('400 for the token of another query', async () => {
    const { body } = await query(GROUPS, { $top: 2 });
    const { status } = await query('resourcecontainers', { $skipToken: body.$skipToken });
    expect(status).toBe(400);
  });
});

describe('400', () => {
  it('NoValidSubscriptionsInQueryRequest when there is nothing that the caller may read', async () => {
    const users = await accessToken(emulator, { name: 'users' });
    const { status, body } = await post({ query: GROUPS, subscriptions: [production] }, { bearer: users });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      code: 'BadRequest',
      details: [{ code: 'NoValidSubscriptionsInQueryRequest', message: expect.stringContaining(production) }],
    });
  });

  it('InvalidQuery with the place of the mistake', async () => {
    const { status, body } = await query('resourcecontainers\n| wheer name == 1');
    expect(status).toBe(400);
    expect(body.error.details).toEqual([
      { code: 'InvalidQuery', message: expect.stringContaining('Query is invalid') },
      expect.objectContaining({ code: 'InvalidQueryLanguage', line: 2, characterPositionInLine: 2, token: 'wheer' }),
    ]);
  });

  it.for([
    ['no query', {}],
    ['an id that is none', { query: GROUPS, subscriptions: ['x'] }],
    ['too large a page', { query: GROUPS, options: { $top: 1001 } }],
    ['facets', { query: GROUPS, facets: [{ expression: 'location' }] }],
    ['another management group', { query: GROUPS, managementGroups: ['other'] }],
  ])('for %s', async ([, body]) => {
    const response = await post(body as object);
    expect(response.status).toBe(400);
    expect(response.body.error.code).toBe('BadRequest');
  });

  it('for an api-version that there is not', async () => {
    const { status, body } = await post({ query: GROUPS }, { version: '2019-04-01' });
    expect(status).toBe(400);
    expect(body.error.code).toBe('InvalidApiVersionParameter');
  });
});

it('401 without a good token, and for another audience', async () => {
  expect((await post({ query: GROUPS }, { bearer: 'nonsense' })).status).toBe(401);
  const bearer = await accessToken(emulator, { scope: 'https://vault.azure.net/.default' });
  expect((await post({ query: GROUPS }, { bearer })).body.error.code).toBe('InvalidAuthenticationTokenAudience');
});
