import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Watchers } from '../../src/http/watchers.ts';
import { added } from '../change-examples.ts';
import { watchedServer } from './watched-server.ts';

type Served = Awaited<ReturnType<typeof watchedServer>>;

/** Says how many wait and sleep for the sake of watchers: nothing, when all have gone. */
const traces = ({ changes, clock }: Served) => [changes.waiting, clock.sleeping()];

const abandon = async ({ url, changes }: Served, accept: string) => {
  const departure = new AbortController();
  const answer = fetch(`${url}?since=${changes.cursor}`, { headers: { accept }, signal: departure.signal });
  answer.catch(() => undefined);
  await expect.poll(() => changes.waiting).toBe(1);
  departure.abort();
};

/** A client that takes nothing, and so much for it that no buffer on the way holds it all. */
async function stuckClient() {
  const served = await watchedServer();
  const { changes, watch } = served;
  const client = await watch();
  client.response.pause();
  await expect.poll(() => changes.waiting).toBe(1);
  const large = { tags: { large: 'x'.repeat(100_000) } };
  changes.append(
    added(...Array(200).keys().map(String)).map((change) => ({ ...change, group: { ...change.group, ...large } })),
  );
  await new Promise(setImmediate);
  return { ...served, served, client };
}

it.each(['application/json', 'text/event-stream'])('who goes leaves nothing behind (%s)', async (accept) => {
  const served = await watchedServer();
  for (let client = 0; client < 3; client += 1) {
    await abandon(served, accept);
    await expect.poll(() => traces(served)).toEqual([0, 0]);
  }
});

it.each(['application/json', 'text/event-stream'])('who goes makes room for another one (%s)', async (accept) => {
  const served = await watchedServer({ mostWatchers: 1 });
  await abandon(served, accept);
  await expect.poll(() => traces(served)).toEqual([0, 0]);
  const { response } = await served.watch();
  expect(response.statusCode).toBe(200);
});

it('503 with Retry-After for one too many, whether poll or stream', async () => {
  const { changes, watch, poll } = await watchedServer({ mostWatchers: 1 });
  await watch();
  const responses = [await poll({ query: `?since=${changes.cursor}` }), await poll({ headers: { accept: 'text/*' } })];
  for (const response of responses) {
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ type: 'urn:seaworthy:problem:unavailable' });
  }
});

it('who need not wait takes no place', async () => {
  const { changes, watch, poll } = await watchedServer({ mostWatchers: 1 });
  const since = changes.cursor;
  await watch();
  changes.append(added('rg-a'));
  expect((await poll({ query: `?since=${since}` })).status).toBe(200);
});

it('streams end complete when the service stops', async () => {
  const served = await watchedServer();
  const { contains, ended } = await served.watch();
  await contains('\n\n');
  const closed = served.server.close();
  expect(await ended).toBe(true);
  await closed;
  expect(traces(served)).toEqual([0, 0]);
});

it('who takes nothing keeps the service from stopping for a second only', async () => {
  const { served, server, clock, client } = await stuckClient();
  const closed = server.close();
  await expect.poll(() => clock.sleeping()).toBe(2);
  await clock.advance(1);
  await closed;
  client.response.resume();
  expect(await client.ended).toBe(false);
  expect(traces(served)).toEqual([0, 0]);
});

it('who takes nothing for long is cut off', async () => {
  const { served, clock, client } = await stuckClient();
  await clock.advance(80);
  client.response.resume();
  expect(await client.ended).toBe(false);
  await expect.poll(() => traces(served)).toEqual([0, 0]);
});

it('who is so slow that its place is forgotten is let go, and gets 410 when it comes back', async () => {
  const { changes, watch } = await watchedServer({ capacity: 250 });
  const client = await watch();
  await expect.poll(() => changes.waiting).toBe(1);
  const large = (name: string) => added(name).map((change) => ({ ...change, at: 'x'.repeat(100_000) }));
  client.response.pause();
  for (let number = 0; number < 250; number += 1) changes.append(large(String(number)));
  await new Promise(setImmediate);
  for (let number = 0; number < 251; number += 1) changes.append(added('rg-late'));
  client.response.resume();
  expect(await client.ended).toBe(true);
  expect(client.text()).not.toContain('rg-late');
  const last =
    client
      .text()
      .match(/^id: .*$/gm)
      ?.at(-1)
      ?.slice(4) ?? '';
  const { response } = await watch({ headers: { 'last-event-id': last } });
  expect(response.statusCode).toBe(410);
});

it('streams outlive the time that a handler has', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { changes, watch } = await watchedServer();
  const { contains } = await watch();
  vi.advanceTimersByTime(7 * 86_400_000);
  changes.append(added('rg-a'));
  await contains('rg-a');
});

it('a client that leaves is logged once, and as no fault', async () => {
  const served = await watchedServer();
  const { request, ended } = await served.watch();
  request.destroy();
  await ended;
  await expect.poll(() => traces(served)).toEqual([0, 0]);
  const about = served.lines.map((line) => JSON.parse(line)).filter(({ requestId }) => requestId);
  expect(about).toMatchObject([{ level: 'info', msg: 'stream of changes ended' }]);
});

it('who has gone before it is admitted takes no place', async () => {
  const [watchers, response] = [new Watchers(1), new ServerResponse(new IncomingMessage(new Socket()))];
  response.destroy();
  await once(response, 'close');
  expect([watchers.admit(response).aborted, watchers.admit(response).aborted]).toEqual([true, true]);
});
