import { afterAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator.ts';
import { accessToken, armClient, armGet, GROUPS_VERSION, production, sandbox } from '../calls.ts';

const emulator = await startEmulator();
afterAll(() => emulator.close());
const token = await accessToken(emulator);

const list = (query = '', subscription = production) =>
  armGet(emulator, `/subscriptions/${subscription}/resourcegroups?api-version=${GROUPS_VERSION}${query}`, token);
const seeded = emulator.seed.subscriptions[0]?.resourceGroups.map((group) => group.name) ?? [];
const filtered = (filter: string) => list(`&$top=100&$filter=${encodeURIComponent(filter)}`);
const namesOf = (body: { value: { name: string }[] }) => body.value.map((group) => group.name);

describe('the SDK client', () => {
  it('lists every group once over three pages', async () => {
    const pages = await Array.fromAsync(armClient(emulator).resourceGroups.list().byPage());
    expect(pages.map((page) => page.length)).toEqual([5, 5, 3]);
    const names = pages.flat().map((group) => group.name);
    expect(names.toSorted()).toEqual(seeded.toSorted());
  });

  it('keeps the filter on every page', async () => {
    const groups = armClient(emulator).resourceGroups.list({
      filter: "tagName eq 'env' and tagValue eq 'prod'",
      top: 2,
    });
    const pages = await Array.fromAsync(groups.byPage());
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1]);
    expect(pages.flat().every((group) => group.tags?.['env'] === 'prod')).toBe(true);
  });

  it('gets the properties ARM gives', async () => {
    const [first] = await Array.fromAsync(
      armClient(emulator).resourceGroups.list({ filter: "tagName eq 'aks-managed-cluster-name'" }),
    );
    expect(first).toMatchObject({
      id: `/subscriptions/${production}/resourceGroups/MC_rg-seaworthy-prod_aks-seaworthy_westeurope`,
      type: 'Microsoft.Resources/resourceGroups',
      location: 'westeurope',
      managedBy: expect.stringContaining('managedClusters'),
      properties: { provisioningState: 'Succeeded' },
    });
  });
});

describe('200', () => {
  it('with an absolute next link that has a skip token', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    const link = new URL(body.nextLink);
    expect(link.origin).toBe(emulator.httpsUrl);
    expect(link.searchParams.get('$skiptoken')).toBeTruthy();
    expect(link.searchParams.get('api-version')).toBe(GROUPS_VERSION);
  });

  it('without a next link on the last page', async () => {
    const { body } = await list('', sandbox);
    expect(body.value).toHaveLength(4);
    expect(body).not.toHaveProperty('nextLink');
  });

  it('without a next link when $top is exactly what there is', async () => {
    const { body } = await list('&$top=13');
    expect(body.value).toHaveLength(13);
    expect(body).not.toHaveProperty('nextLink');
  });

  it('for any casing of the path', async () => {
    const path = `/SUBSCRIPTIONS/${production.toUpperCase()}/resourceGroups?api-version=${GROUPS_VERSION}`;
    const { status, body } = await armGet(emulator, path, token);
    expect(status).toBe(200);
    expect(body.value[0].id).toContain(`/subscriptions/${production}/`);
  });

  it('for a tag name in any casing', async () => {
    expect(namesOf((await filtered("tagName eq 'COSTCENTRE'")).body)).toHaveLength(4);
  });

  it('for a tag value in its own casing only', async () => {
    expect(namesOf((await filtered("tagName eq 'owner' and tagValue eq 'Data'")).body)).toEqual([]);
    expect(namesOf((await filtered("tagName eq 'owner' and tagValue eq 'data'")).body)).toHaveLength(2);
  });

  it('with the headers that ARM sends', async () => {
    const { headers } = await list().set('x-ms-correlation-request-id', '5f0c8e0a-9a43-4a0e-8f3b-3f0f6c1d2e3f');
    expect(headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-ms-correlation-request-id']).toBe('5f0c8e0a-9a43-4a0e-8f3b-3f0f6c1d2e3f');
    expect(headers['x-ms-routing-request-id']).toMatch(/^EMULATOR:\d{8}T\d{6}Z:/);
    expect(Number(headers['x-ms-ratelimit-remaining-subscription-reads'])).toBeGreaterThan(200);
    expect(headers['strict-transport-security']).toContain('max-age=');
    expect(headers['cache-control']).toBe('no-cache');
  });
});

describe('400', () => {
  it.for([
    ['InvalidFilterInQueryString', `&$filter=${encodeURIComponent("location eq 'westeurope'")}`],
    ['InvalidFilterInQueryString', `&$filter=${encodeURIComponent("startswith(tagName,'e')")}`],
    ['InvalidFilterInQueryString', `&$filter=${encodeURIComponent("tagName eq 'a' or tagName eq 'b'")}`],
    ['InvalidTopInQueryString', '&$top=0'],
    ['InvalidTopInQueryString', '&$top=-1'],
    ['InvalidTopInQueryString', '&$top=all'],
    ['InvalidSkipToken', '&$skiptoken=%00'],
    ['InvalidSkipToken', '&$skiptoken='],
  ])('%s for %s', async ([code, query]) => {
    const { status, body } = await list(query);
    expect(status).toBe(400);
    expect(body).toEqual({ error: { code, message: expect.any(String) } });
  });
});
