import { expect, it } from 'vitest';
import { ChangeLog } from '../../src/change-log.ts';
import { added } from '../change-examples.ts';
import { watchedServer } from './watched-server.ts';

const problem = (kind: string) => ({ type: `urn:seaworthy:problem:${kind}` });

/** A poll that waits for a change. */
async function waitingPoll(query = '') {
  const served = await watchedServer();
  const { changes, poll } = served;
  const answer = poll({ query: `?since=${changes.cursor}${query}` });
  await expect.poll(() => changes.waiting).toBe(1);
  return { ...served, answer };
}

it('200 at once with a cursor and nothing else, where none is given', async () => {
  const { changes, poll } = await watchedServer();
  changes.append(added('rg-a'));
  const response = await poll();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ value: [], cursor: changes.cursor });
});

it('200 for nobody else, and for this Accept only', async () => {
  const { poll } = await watchedServer();
  const { headers } = await poll();
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect([headers.get('cache-control'), headers.get('vary')]).toEqual(['no-store', 'accept']);
});

it('200 at once with what has changed since, whole', async () => {
  const { changes, poll } = await watchedServer();
  const since = changes.cursor;
  const [{ group }] = added('rg-a') as [ReturnType<typeof added>[0] & object];
  const all = [
    ...added('rg-a'),
    {
      type: 'changed' as const,
      at: '2026-01-01T00:01:00Z',
      group,
      fields: ['managedBy'],
      previous: { managedBy: null },
    },
    { type: 'removed' as const, at: '2026-01-01T00:02:00Z', group: { ...group, tags: { toString: 'ü' } } },
  ];
  changes.append(all);
  const response = await poll({ query: `?since=${since}` });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ value: all, cursor: changes.cursor });
});

it('200 with 500 changes at most, and the cursor to go on from', async () => {
  const { changes, poll } = await watchedServer();
  const since = changes.cursor;
  changes.append(added(...Array.from({ length: 501 }, (_, number) => `rg-${number}`)));
  const first = (await (await poll({ query: `?since=${since}` })).json()) as { value: unknown[]; cursor: string };
  const rest = await (await poll({ query: `?since=${first.cursor}` })).json();
  expect(first.value).toHaveLength(500);
  expect(rest).toMatchObject({ value: [{ group: { name: 'rg-500' } }], cursor: changes.cursor });
});

it('200 as soon as something changes', async () => {
  const { changes, clock, answer } = await waitingPoll();
  changes.append(added('rg-a'));
  const response = await answer;
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ value: [{ group: { name: 'rg-a' } }], cursor: changes.cursor });
  expect([changes.waiting, clock.sleeping()]).toEqual([0, 0]);
});

it.each([
  ['20 seconds', '', 20],
  ['as long as it wishes', '&wait=7', 7],
])('200 with nothing after %s, and the same cursor', async (_what, query, seconds) => {
  const { changes, clock, answer } = await waitingPoll(query);
  await clock.advance(seconds - 0.001);
  expect(changes.waiting).toBe(1);
  await clock.advance(0.001);
  const response = await answer;
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ value: [], cursor: changes.cursor });
});

it('200 at once with nothing, when it wishes not to wait', async () => {
  const { changes, poll } = await watchedServer();
  const response = await poll({ query: `?since=${changes.cursor}&wait=0` });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ value: [], cursor: changes.cursor });
});

it('200 with nothing when the service stops, and keeps it from stopping no longer', async () => {
  const { server, answer } = await waitingPoll();
  const closed = server.close();
  const response = await answer;
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ value: [] });
  await closed;
});

it.each([
  ['?since=latest', 400, 'bad-request', '?since'],
  [`?since=${'x'.repeat(129)}`, 400, 'bad-request', '?since'],
  ['?wait=26', 400, 'bad-request', '?wait'],
  ['?wait=1.5', 400, 'bad-request', '?wait'],
  ['?from=1', 400, 'bad-request', '?from'],
])('%s: %d', async (query, status, kind, pointer) => {
  const { poll } = await watchedServer();
  const response = await poll({ query });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ ...problem(kind), errors: [{ pointer }] });
});

it.each([
  ['a poll', {}],
  ['a stream', { accept: 'text/event-stream' }],
])('410 to %s with the cursor of a process before, and what to do', async (_what, headers) => {
  const { poll } = await watchedServer();
  const response = await poll({ query: `?since=${new ChangeLog().cursor}`, headers });
  expect(response.status).toBe(410);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toMatchObject({ ...problem('gone'), detail: expect.stringContaining('rel="monitor"') });
});

it('410 when more has changed than is kept', async () => {
  const { changes, poll } = await watchedServer({ capacity: 2 });
  const since = changes.cursor;
  changes.append(added('rg-a', 'rg-b', 'rg-c'));
  const response = await poll({ query: `?since=${since}` });
  expect(response.status).toBe(410);
  expect(await response.json()).toMatchObject(problem('gone'));
});

it('406 when neither JSON nor a stream is wanted', async () => {
  const { poll } = await watchedServer();
  const response = await poll({ headers: { accept: 'text/html' } });
  expect(response.status).toBe(406);
  expect(await response.json()).toMatchObject({
    ...problem('not-acceptable'),
    detail: expect.stringContaining('text/event-stream'),
  });
});

it.each(['application/json', 'text/event-stream'])('HEAD: 200 at once without a body for %s', async (accept) => {
  const { changes, clock, url } = await watchedServer();
  const response = await fetch(`${url}?since=${changes.cursor}`, { method: 'HEAD', headers: { accept } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
  expect([await response.text(), changes.waiting, clock.sleeping()]).toEqual(['', 0, 0]);
});

it('is described by the OpenAPI document', async () => {
  const { url } = await watchedServer();
  const document = (await (await fetch(new URL('/openapi.json', url))).json()) as OpenApi;
  const get = document.paths['/v1/resource-groups/changes']?.get;
  expect(get).toMatchObject({ operationId: 'watchChanges' });
  expect(Object.keys(get?.responses['200']?.content ?? {})).toEqual(['application/json', 'text/event-stream']);
});

interface OpenApi {
  paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
}
