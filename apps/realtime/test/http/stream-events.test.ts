import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { holdBack, startService } from '../service.ts';

/** Reads a stream of events; `until` waits for as many blocks (the first two say `retry` and the place). */
async function stream(url: string, query: string, headers: Record<string, string> = {}) {
  const asked = get(`${url}/events?${query}`, { headers, agent: false });
  onTestFinished(() => void asked.destroy());
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.on('data', (chunk) => {
    text += chunk;
  });
  response.on('error', () => undefined);
  const blocks = () => text.split('\n\n').slice(0, -1);
  const until = async (count: number) => {
    await expect.poll(() => blocks().length).toBeGreaterThanOrEqual(count);
    return blocks();
  };
  const ended = once(response, 'end');
  ended.catch(() => undefined);
  return { asked, response, until, ended };
}

it('200 with the place in the channel, then messages with theirs', async () => {
  const { url, broker } = await startService();
  const { response, until } = await stream(url, 'channel=a%20b%2F%C3%BC');
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const [retry, place] = await until(2);
  expect([retry, place]).toEqual(['retry: 2000', expect.stringMatching(/^id: [\w-]+:0$/)]);
  broker.pass('a b/ü', 'one\ntwo\r\nthree');
  broker.pass('a b/ü', Buffer.of(0xff));
  const epoch = place?.slice('id: '.length, -':0'.length);
  expect((await until(4)).slice(2)).toEqual([
    `id: ${epoch}:1\ndata: one\ndata: two\ndata: three`,
    `id: ${epoch}:2\nevent: base64\ndata: /w==`,
  ]);
});

it('with Last-Event-ID, what was missed follows', async () => {
  const { url, broker } = await startService();
  const first = await stream(url, 'channel=a');
  for (const payload of ['1', '2', '3']) broker.pass('a', payload);
  const [, , event] = await first.until(5);
  const id = event?.split('\n')[0]?.slice('id: '.length) as string;
  const second = await stream(url, 'channel=a', { 'last-event-id': id });
  expect((await second.until(3)).map((block) => block.split('\n').at(-1))).toEqual([
    'retry: 2000',
    'data: 2',
    'data: 3',
  ]);
});

it('with the id of other numbers, a gap says that nobody knows', async () => {
  const { url } = await startService();
  const { until } = await stream(url, 'channel=a', { 'last-event-id': 'elsewhere:7' });
  expect((await until(2))[1]).toMatch(/event: gap\ndata: .*"reason":"reset"/);
});

it.each([
  ['400', 'no channel', '', {}],
  ['400', 'two channels', 'channel=a&channel=b', {}],
  ['400', 'a name of 256 bytes', `channel=${encodeURIComponent('é'.repeat(128))}`, {}],
  ['400', 'an id that is none', 'channel=a', { 'last-event-id': '../x' }],
  ['400', 'a number above all', 'channel=a', { 'last-event-id': 'a:9999999999999999' }],
  ['403', 'a page of another origin', 'channel=a', { origin: 'https://elsewhere.example' }],
])('%s for %s', async (status, _what, query, headers) => {
  const { url } = await startService();
  const { response } = await stream(url, query, headers);
  expect(String(response.statusCode)).toBe(status);
});

it('a page of an allowed origin may read it', async () => {
  const origin = 'https://page.example';
  const { url } = await startService({ settings: { ALLOWED_ORIGINS: [origin] } });
  const { response } = await stream(url, 'channel=a', { origin });
  expect(response.headers['access-control-allow-origin']).toBe(origin);
});

it('503 where the broker does not confirm within 5 seconds', async () => {
  const { url, broker, clock } = await startService();
  const { asked } = holdBack(broker);
  const answered = stream(url, 'channel=a');
  await asked;
  clock.pass(5000);
  expect((await answered).response.statusCode).toBe(503);
});

it('lives on for hours, with a comment every 25 seconds', async () => {
  const { url, clock } = await startService();
  const { until } = await stream(url, 'channel=a');
  await until(2);
  clock.pass(75_000);
  expect((await until(5)).slice(2)).toEqual([':', ':', ':']);
});

it('ends when the service stops, after what was published before', async () => {
  const service = await startService();
  const { until, ended } = await stream(service.url, 'channel=a');
  await until(2);
  service.broker.pass('a', 'the last one');
  await service.close();
  await ended;
  expect((await until(3))[2]).toContain('data: the last one');
});

it('a client that goes away is forgotten', async () => {
  const { url, emptied } = await startService();
  const { asked, until } = await stream(url, 'channel=a');
  await until(2);
  asked.destroy();
  await emptied();
});
