import { expect, it } from 'vitest';
import { FORBIDDEN } from './azure/emulated-azure.ts';
import { startGroupz } from './groupz-process.ts';
import { pods } from './pods.ts';
import { A, B } from './refresh-options.ts';

const { start, azure } = pods();
const nextPage = /"nextPageToken":"([\w-]+)"/;

it('is ready and lists all groups of both subscriptions, then exits 0 on SIGTERM', async () => {
  const groupz = start();
  await groupz.answers('/readyz', 200);
  await groupz.answers('/groupz', 200);
  const listed = await groupz.names();
  expect(listed).toHaveLength(18);
  expect(listed).toEqual(expect.arrayContaining(['rg-seaworthy-prod', 'RG-Spike-Redis']));
  expect(await groupz.stop()).toBe(0);
});

it('lists a group that is added while it runs, and no more when it is deleted', async () => {
  const groupz = start();
  await groupz.answers('/groupz', 200);
  await azure().put(A, { name: 'rg-100%41-船' });
  await expect.poll(groupz.names, { timeout: 10_000 }).toContain('rg-100%41-船');
  const path = `/v1/subscriptions/${A}/resource-groups/${encodeURIComponent('RG-100%41-船')}`;
  expect(await groupz.json(path)).toMatchObject({ name: 'rg-100%41-船' });
  await azure().remove(A, 'rg-100%41-船');
  await expect.poll(groupz.names, { timeout: 10_000 }).not.toContain('rg-100%41-船');
});

it('lists a change as soon as it has told of it, whatever answers are prepared', async () => {
  const groupz = start();
  await groupz.answers('/groupz', 200);
  const [, target] = /<(.*)>/.exec((await groupz.get('/v1/resource-groups')).headers.get('link') ?? '') ?? [];
  let told = false;
  const change = groupz.json(`/v1/${target}`).finally(() => (told = true));
  await azure().put(A, { name: 'rg-told' });
  while (!told) await groupz.names(); // so that an answer from before is always at hand
  expect(await change).toMatchObject({ value: [{ type: 'added', group: { name: 'rg-told' } }] });
  expect(await groupz.names()).toContain('rg-told');
});

it('discovers the subscriptions that it may see, where none are named', async () => {
  const groupz = start({ SUBSCRIPTION_ID: undefined });
  await groupz.answers('/groupz', 200);
  const { value } = (await groupz.json('/v1/subscriptions')) as { value: Record<string, unknown>[] };
  expect(value).toMatchObject([
    { subscriptionId: A, resourceGroups: 14, state: 'Enabled' },
    { displayName: 'Empty', resourceGroups: 0, error: null },
    { subscriptionId: B, resourceGroups: 4 },
  ]);
});

it('lists the same from Resource Graph', async () => {
  const groupz = start({ SOURCE: 'resource-graph' });
  await groupz.answers('/groupz', 200);
  const page = (await groupz.json('/v1/resource-groups')) as { value: unknown[] };
  expect(page).toMatchObject({ errors: [], freshness: { source: 'resource-graph', stale: false } });
  expect(page.value).toHaveLength(18);
});

it('calls Azure no more often for any number of requests', async () => {
  const groupz = start({ REFRESH_SECONDS: '3000' });
  await groupz.answers('/groupz', 200);
  const calls = async () => (await groupz.text('/metrics')).match(/^groupz_azure_calls_total.*$/gm);
  const before = await calls();
  const paths = ['/groupz', '/v1/resource-groups?tag=env:prod', '/v1/subscriptions', '/v1/resource-groups?pageSize=2'];
  for (let nth = 0; nth < 25; nth += 1) await Promise.all(paths.map((path) => groupz.text(path)));
  expect(await calls()).toEqual(before);
  expect(before?.join()).toContain('target="arm",outcome="200"');
});

it('shows how old, how many, how many reads are left, and how old the token is', async () => {
  const groupz = start();
  await groupz.answers('/groupz', 200);
  const metrics = await groupz.text('/metrics');
  expect(metrics).toMatch(new RegExp(`groupz_snapshot_age_seconds{subscription="${A}"} \\d`));
  expect(metrics).toContain(`groupz_resource_groups{subscription="${A}"} 14`);
  expect(metrics).toMatch(new RegExp(`groupz_azure_reads_remaining{target="arm",subscription="${A}"} 2\\d\\d`));
  expect(metrics).toMatch(/^groupz_access_token_age_seconds \d/m);
});

it('follows the page tokens of another replica with the same PAGE_TOKEN_KEY, and answers 410 to others', async () => {
  const replicas = [
    { PAGE_TOKEN_KEY: 'the same for all replicas' },
    { PAGE_TOKEN_KEY: 'the same for all replicas' },
    {},
  ];
  const [first, second, other] = replicas.map((changes) => start(changes));
  for (const each of [first, second, other]) await each?.answers('/groupz', 200);
  const [, token] = nextPage.exec((await first?.text('/v1/resource-groups?pageSize=5')) ?? '') ?? [];
  const path = `/v1/resource-groups?pageSize=5&pageToken=${token}`;
  expect([(await second?.get(path))?.status, (await other?.get(path))?.status]).toEqual([200, 410]);
});

it('answers 410 to a cursor from before a restart', async () => {
  const before = start();
  await before.answers('/groupz', 200);
  const link = (await before.get('/v1/resource-groups')).headers.get('link') ?? '';
  await before.stop();
  const after = start();
  await after.answers('/groupz', 200);
  const [, target] = /<(.*)>/.exec(link) ?? [];
  expect((await after.get(`/v1/${target}`)).status).toBe(410);
});

it('exits 0 on SIGTERM while clients watch and poll for changes, whose answers end whole', async () => {
  const groupz = start({ SHUTDOWN_DELAY_SECONDS: '1' }); // so that the poll is under way
  await groupz.answers('/groupz', 200);
  const path = '/v1/resource-groups/changes';
  const [, target] = /<(.*)>/.exec((await groupz.get('/v1/resource-groups')).headers.get('link') ?? '') ?? [];
  const stream = await groupz.get(path, { headers: { accept: 'text/event-stream' } });
  const poll = groupz.json(`/v1/${target}&wait=25`);
  expect(await groupz.stop()).toBe(0);
  expect(await stream.text()).not.toContain('event:');
  expect(await poll).toMatchObject({ value: [] });
});

it('is ready although Redis is nowhere to be found', async () => {
  const groupz = start({ REDIS_URL: 'redis://:hush-hush@127.0.0.1:9' });
  await groupz.answers('/readyz', 200);
  await groupz.answers('/groupz', 200);
  expect(groupz.output()).not.toContain('hush-hush');
  expect(await groupz.stop()).toBe(0);
});

it('is ready with one subscription while another is forbidden, and names that one', async () => {
  const groupz = start({ SUBSCRIPTION_ID: `${A},${FORBIDDEN}` });
  await groupz.answers('/groupz', 200);
  await groupz.answers('/readyz', 200);
  const response = await groupz.get('/groupz');
  expect(response.headers.get('x-missing-subscriptions')).toBe(FORBIDDEN);
  expect(await response.json()).toHaveLength(14);
  expect(groupz.output()).toContain('AuthorizationFailed');
});

it('is alive but not ready with wrong credentials, and logs why', async () => {
  const groupz = start({ AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000000' });
  await groupz.answers('/readyz', 503);
  expect((await groupz.get('/livez')).status).toBe(200);
  expect((await groupz.get('/groupz')).status).toBe(503);
  await expect.poll(() => groupz.output()).toContain('"code":"AADSTS700016"');
  expect(await groupz.stop()).toBe(0);
});

it('exits 78 with one message that names every missing setting', async () => {
  const groupz = startGroupz({});
  expect(await groupz.ended).toBe(78);
  const missing = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'];
  for (const name of missing) expect(groupz.output()).toContain(`  ${name} `);
  expect(groupz.output()).toContain('groupz cannot start. 3 settings are wrong:');
});

it('logs no token and no key', async () => {
  const groupz = start({ LOG_LEVEL: 'trace', PAGE_TOKEN_KEY: 'hush-hush-hush-hush' });
  await groupz.answers('/readyz', 200);
  await azure().fault({ kind: 'expired-token', match: { target: 'arm' } });
  await expect.poll(() => groupz.output(), { timeout: 10_000 }).toContain('ExpiredAuthenticationToken');
  expect(groupz.output()).not.toMatch(/eyJ[\w-]{8,}|hush/);
});
