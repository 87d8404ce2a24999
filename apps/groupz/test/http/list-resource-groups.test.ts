import type { ResourceGroupPage } from '@seaworthy/contracts/groupz';
import { expect, it } from 'vitest';
import { groupOf } from '../groups.ts';
import { A, B, C } from '../refresh-options.ts';
import { serve } from './serve.ts';

const path = '/v1/resource-groups';
const manager = `/subscriptions/${A}/providers/Microsoft.ContainerService/managedClusters/aks`;

const world = () =>
  new Map([
    [
      A,
      [
        { name: 'rg-data', location: 'westeurope', tags: { env: 'prod', team: 'sea' } },
        { name: 'RG-Über', location: 'northeurope', tags: { ENV: 'prod', 'hidden-link:/x': 'y:z' } },
        { name: 'mc_aks', location: 'westeurope', managedBy: manager, provisioningState: 'Deleting' },
      ],
    ],
    [B, [{ name: 'rg-船', location: 'northeurope', tags: { env: 'Prod' } }]],
    [C, []],
  ]);

/** The names on the page, or the faults of the refusal. */
async function ask(query: string) {
  const { http } = await serve({ groups: world() });
  const { status, body } = await http.get(`${path}?${query}`);
  const names = (body as ResourceGroupPage).value?.map(({ name }) => name);
  const faults = (body.errors as { pointer?: string; code: string }[])?.map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );
  return { status, names, faults };
}

it('200 with whole groups by name, their freshness, no errors and no next page', async () => {
  const { http } = await serve({ groups: world(), seconds: 7 });
  const { status, body } = await http.get(path);
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['value', 'freshness', 'errors']);
  expect(body.value.map(({ name }: { name: string }) => name)).toEqual(
    ['mc_aks', 'rg-data', 'rg-船', 'RG-Über'].sort(byFold),
  );
  expect(body.value[0]).toEqual(groupOf({ name: 'mc_aks', managedBy: manager, provisioningState: 'Deleting' }));
  expect(body.freshness).toEqual({ asOf: '2026-01-01T00:00:00.000Z', ageSeconds: 7, stale: false, source: 'arm' });
  expect(body.errors).toEqual([]);
});

it.each([
  ['tag=env:prod', ['rg-data', 'RG-Über']],
  ['tag=ENV:prod', ['rg-data', 'RG-Über']],
  ['tag=env:Prod', ['rg-船']],
  ['tag=env:prod&tag=team:sea', ['rg-data']],
  ['tag=hidden-link:/x:y:z', ['RG-Über']],
  ['tagKey=env', ['rg-data', 'RG-Über', 'rg-船']],
  ['tagKey=ENV&tagKey=Team', ['rg-data']],
  ['location=West%20Europe', ['mc_aks', 'rg-data']],
  ['location=WestEurope&location=northeurope', ['mc_aks', 'rg-data', 'RG-Über', 'rg-船']],
  ['name=RG-', ['rg-data', 'RG-Über', 'rg-船']],
  [`name=${encodeURIComponent('rg-ÜB')}`, ['RG-Über']],
  [`name=${encodeURIComponent('rg-船')}`, ['rg-船']],
  ['state=deleting', ['mc_aks']],
  ['state=deleting&state=SUCCEEDED', ['mc_aks', 'rg-data', 'RG-Über', 'rg-船']],
  [`managedBy=${manager.toUpperCase()}`, ['mc_aks']],
  [`subscription=${B}`, ['rg-船']],
  [`subscription=${B.toUpperCase()}&subscription=${C}`, ['rg-船']],
  [`subscription=${A}&subscription=${B}&tag=env:prod&location=northeurope&name=rg`, ['RG-Über']],
  [`subscription=${C}`, []],
  ['sort=-name', ['rg-船', 'RG-Über', 'rg-data', 'mc_aks']],
  ['sort=location', ['RG-Über', 'rg-船', 'mc_aks', 'rg-data']],
  ['sort=-location', ['rg-data', 'mc_aks', 'rg-船', 'RG-Über']],
])('200 with the groups that meet %s', async (query, names) => {
  expect(await ask(query)).toEqual({ status: 200, names, faults: [] });
});

it('200 with the fields asked for and no others, in the order of groups', async () => {
  const { http } = await serve({ groups: world() });
  const { status, body, text } = await http.get(`${path}?fields=location,%20name&fields=tags&name=rg-data`);
  expect(status).toBe(200);
  expect(body.value).toEqual([{ name: 'rg-data', location: 'westeurope', tags: { env: 'prod', team: 'sea' } }]);
  expect(text).toContain('{"name":"rg-data","location":"westeurope","tags":');
});

it.each([
  ['pageSize=0', '?pageSize minimum'],
  ['pageSize=501', '?pageSize maximum'],
  ['pageSize=abc', '?pageSize type'],
  ['pageSize=1.5', '?pageSize type'],
  ['pageSize=-1', '?pageSize minimum'],
  ['pageSize=', '?pageSize type'],
  ['pageSize=1&pageSize=2', '?pageSize type'],
  ['colour=red', '?colour unknown-field'],
  ['tag=prod', '?tag/0 tag'],
  ['tag=env:prod&tag=:prod', '?tag/1 tag'],
  ['tag=', '?tag/0 minLength'],
  ['tagKey=', '?tagKey/0 minLength'],
  ['name=', '?name minLength'],
  ['name=a&name=b', '?name type'],
  ['location=', '?location/0 minLength'],
  ['subscription=', '?subscription/0 minLength'],
  ['state=', '?state/0 minLength'],
  ['managedBy=', '?managedBy minLength'],
  ['sort=', '?sort enum'],
  ['sort=Name', '?sort enum'],
  ['fields=', '?fields/0 minLength'],
  ['fields=name,colour', '?fields fields'],
  ['pageToken=', '?pageToken minLength'],
  ['$filter=x', '?$filter unknown-field'],
])('400 that points to the fault of %s', async (query, fault) => {
  expect(await ask(query)).toEqual({ status: 400, names: undefined, faults: [fault] });
});

it('400 that names every fault at once, and what there is instead of an unknown field', async () => {
  const { http } = await serve({ groups: world() });
  const { body } = await http.get(`${path}?tag=a&tag=b&fields=size`);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['?tag/0', '?tag/1', '?fields']);
  expect(body.errors[2].detail).toContain('knows no "size"; there are id, name, subscriptionId, location');
});

it('200 with a link that leads to the changes from here on', async () => {
  const { http, changes } = await serve({ groups: world() });
  const { headers } = await http.get(path);
  const [, target = ''] = /^<(.*)>; rel="monitor"$/.exec(headers['link'] ?? '') ?? [];
  const { pathname, searchParams } = new URL(target, `http://groupz${path}`);
  expect(pathname).toBe('/v1/resource-groups/changes');
  expect(searchParams.get('since')).toBe(changes.cursor);
});

it('200 without that link while a subscription is missing: it may come back without a change', async () => {
  const { http } = await serve({ groups: world(), faults: new Map([[B, 'hangs']]) });
  const { headers, status } = await http.get(path);
  expect(status).toBe(200);
  expect(headers).not.toHaveProperty('link');
});

it('is described by the OpenAPI document', async () => {
  const { http } = await serve({ groups: world() });
  const { get } = (await http.get('/openapi.json')).body.paths[path];
  expect(get.operationId).toBe('listResourceGroups');
  const names = get.parameters.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['subscription', 'tag', 'tagKey', 'fields', 'pageSize', 'pageToken']));
  expect(Object.keys(get.responses)).toEqual(expect.arrayContaining(['200', '304', 'default']));
});

function byFold(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
