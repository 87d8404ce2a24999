import { expect, it } from 'vitest';
import { added } from '../change-examples.ts';
import { watchedServer } from './watched-server.ts';

it('200 with a stream that no cache and no proxy keeps', async () => {
  const { watch } = await watchedServer();
  const { response } = await watch();
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    vary: 'accept',
  });
});

it('begins with where to go on, before any event', async () => {
  const { changes, watch } = await watchedServer();
  changes.append(added('rg-a'));
  const { contains, text } = await watch();
  await contains('\n\n');
  expect(text()).toBe(`retry: 3000\nid: ${changes.cursor}\n\n`);
});

it('tells of a change as soon as it is seen, by its type, with a cursor', async () => {
  const { changes, watch } = await watchedServer();
  const { contains, text } = await watch();
  await contains('\n\n');
  const [change] = added('rg-a');
  changes.append(added('rg-a'));
  await contains('rg-a');
  expect(text()).toContain(`\n\nid: ${changes.cursor}\nevent: added\ndata: ${JSON.stringify(change)}\n\n`);
});

it('tells of many changes, each once and in order', async () => {
  const { changes, watch } = await watchedServer();
  const names = Array.from({ length: 1234 }, (_, number) => `rg-${number}`);
  const { contains, text } = await watch();
  for (let at = 0; at < names.length; at += 77) changes.append(added(...names.slice(at, at + 77)));
  await contains('"rg-1233"');
  expect([...text().matchAll(/"name":"([^"]*)"/g)].map(([, name]) => name)).toEqual(names);
});

it.each([
  ['since', (cursor: string) => ({ query: `?since=${cursor}` })],
  ['Last-Event-ID', (cursor: string) => ({ headers: { 'last-event-id': cursor } })],
  ['Last-Event-ID, whatever since says', (id: string) => ({ query: '?since=old', headers: { 'last-event-id': id } })],
])('goes on from %s', async (_what, wishAt) => {
  const { changes, watch } = await watchedServer();
  changes.append(added('rg-a'));
  const { cursor } = changes;
  changes.append(added('rg-b'));
  const { contains, text } = await watch(wishAt(cursor));
  await contains('rg-b');
  expect(text()).not.toContain('rg-a');
  expect(text()).toMatch(`retry: 3000\nid: ${cursor}\n\n`);
});

it('misses nothing that happens while it is away', async () => {
  const { changes, watch } = await watchedServer();
  const first = await watch();
  await first.contains('\n\n');
  first.request.destroy();
  changes.append(added('rg-a', 'rg-b'));
  const [, id = ''] = /^id: (.*)$/m.exec(first.text()) ?? [];
  const second = await watch({ headers: { 'last-event-id': id } });
  await second.contains('rg-b');
  expect(second.text().match(/^event: added$/gm)).toHaveLength(2);
});

it('an empty Last-Event-ID is none', async () => {
  const { changes, watch } = await watchedServer();
  const { response, contains } = await watch({ headers: { 'last-event-id': '' } });
  expect(response.statusCode).toBe(200);
  await contains(`id: ${changes.cursor}`);
});

it('400 for a Last-Event-ID that is no cursor, before any stream', async () => {
  const { watch } = await watchedServer();
  const { response } = await watch({ headers: { 'last-event-id': 'nonsense' } });
  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toContain('application/problem+json');
});

it('says every 15 s of silence that it is still there', async () => {
  const { changes, clock, watch } = await watchedServer();
  const { contains, text } = await watch();
  await expect.poll(() => changes.waiting).toBe(1);
  await clock.advance(14.9);
  changes.append(added('rg-a'));
  await contains('rg-a');
  await expect.poll(() => changes.waiting).toBe(1);
  await clock.advance(14.9);
  expect(text()).not.toMatch(/^:/m);
  await clock.advance(0.1);
  await contains('\n:\n\n');
});

it('lasts for days', async () => {
  const { changes, clock, watch } = await watchedServer();
  const { contains } = await watch();
  await expect.poll(() => changes.waiting).toBe(1);
  await clock.advance(2 * 86_400);
  changes.append(added('rg-late'));
  await contains('rg-late');
});
